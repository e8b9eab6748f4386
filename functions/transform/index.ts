/** Entry of the Lambda function. */
import { startFunction } from "./start.ts";

export const handler = await startFunction(process.env, new URL(import.meta.url));
