/** The workflow files, parsed. */
import { readdirSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import { z } from "zod";

const permissionsSchema = z.record(z.string(), z.enum(["read", "write", "none"]));
const stepSchema = z.object({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  "continue-on-error": z.boolean().optional(),
});
const concurrencySchema = z.object({ group: z.string(), "cancel-in-progress": z.boolean() });
const jobSchema = z.object({
  name: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  permissions: permissionsSchema.optional(),
  "timeout-minutes": z.number(),
  strategy: z.object({ matrix: z.object({ include: z.array(z.record(z.string(), z.string())) }) }).optional(),
  steps: z.array(stepSchema),
});
const workflowSchema = z.object({
  on: z.union([z.string(), z.record(z.string(), z.unknown())]),
  permissions: permissionsSchema,
  concurrency: concurrencySchema,
  jobs: z.record(z.string(), jobSchema),
});

export type Step = z.infer<typeof stepSchema>;
export type Job = z.infer<typeof jobSchema>;
export interface WorkflowFile {
  readonly name: string;
  readonly text: string;
  readonly workflow: z.infer<typeof workflowSchema>;
}

const folder = new URL("../../.github/workflows/", import.meta.url);

/** @throws where a file has a form that the tests do not know: what they do not read, they cannot vouch for */
export function workflowFiles(): readonly WorkflowFile[] {
  return readdirSync(folder).map((name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    return { name, text, workflow: workflowSchema.parse(load(text)) };
  });
}

export function stepOf(job: Job, name: string): Step {
  const step = job.steps.find((one) => one.name === name);
  if (step === undefined) throw new Error(`there is no step ${name}`);
  return step;
}
