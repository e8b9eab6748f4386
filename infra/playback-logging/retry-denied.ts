/** Waiting for a role's new policy: IAM answers at once, and its rights hold some seconds later. */

/** Time and waiting, passed in so that tests need neither. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** How long a refusal may be the old policy's. */
const patienceMs = 60_000;

const firstPauseMs = 2000;
const longestPauseMs = 15_000;

/**
 * Makes the call, and again while it is denied, with pauses that grow; every other failure is final.
 *
 * @throws the last failure, once a minute has passed since the first call
 */
export async function retryDenied<Result>(
  call: () => Promise<Result>,
  { now, sleep }: Clock,
  say: (line: string) => void,
): Promise<Result> {
  const end = now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await call();
    } catch (error) {
      if (!isDenied(error) || now() + pauseMs > end) throw error;
      say(`denied; the role's policy may be too new. Trying again in ${pauseMs / 1000} s`);
      await sleep(pauseMs);
    }
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && error.name === "AccessDeniedException";
}
