import { Bucket } from "@pulumi/aws/s3/index.js";
export const bucket = new Bucket("x").bucket;
