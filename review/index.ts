/** From the events of a preview to the comment on a pull request. Pure: files and exit status are the command's. */
export { type ChangedFiles, readChangedFiles } from "./changed-files.ts";
export { markerOf, type Review, type ReviewInput, review } from "./comment.ts";
export { CostFileError, readCost } from "./cost.ts";
export { EventLogError, isBlocking, readPreview } from "./events.ts";
export { longestComment } from "./markdown.ts";
