import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Shorter salts can be found by trying them with known addresses. */
const shortestSaltBytes = 16;

/** The secret for hashing client addresses is no usable salt. Its value is not repeated. */
export class SaltSecretError extends Error {
  readonly secretArn: string;

  constructor(secretArn: string, saltBytes: number) {
    super(
      `the secret ${secretArn} of CLIENT_IP_SALT_SECRET_ARN has ${saltBytes} bytes, but a salt must have at least ${shortestSaltBytes}: store a longer random value`,
    );
    this.name = "SaltSecretError";
    this.secretArn = secretArn;
  }
}

/**
 * Reads the salt for hashing client addresses: the secret's whole content, text (as UTF-8) or binary.
 *
 * @throws SaltSecretError, errors of Secrets Manager
 */
export async function readSalt(client: SecretsManagerClient, secretArn: string): Promise<Uint8Array> {
  const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const salt = SecretBinary ?? Buffer.from(SecretString ?? "");
  if (salt.length < shortestSaltBytes) throw new SaltSecretError(secretArn, salt.length);
  return salt;
}
