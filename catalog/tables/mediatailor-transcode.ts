import type { Table } from "../types.ts";
import { playbackFields } from "./mediatailor.ts";

export const mediatailorTranscode: Table = {
  id: "mediatailor_transcode",
  doc: "How ads were brought into the stream's renditions; joins with mediatailor_ads on session_id and creative_unique_id.",
  fields: [
    ...playbackFields,
    {
      name: "creative_unique_id",
      type: "string",
      doc: "VAST creative id when there is one, else the mezzanine URL.",
      from: ["creativeUniqueId"],
    },
    { name: "profile_name", type: "string", doc: "Transcode profile.", from: ["profileName"] },
    { name: "ad_uri", type: "string", doc: "Mezzanine URL given to the transcoder.", from: ["adUri"] },
    {
      name: "transcode_request_id",
      type: "string",
      doc: "Transcode request.",
      from: ["transcodeRequestId"],
      distinct: "many",
    },
    {
      name: "cache_status",
      type: "string",
      doc: "State of the ad in the transcode cache; values unpublished.",
      from: ["cacheStatus"],
    },
    {
      name: "event_class",
      type: "string",
      rule: "transcode_event_class",
      doc: "info, warning, error, or review for a name not yet known.",
    },
  ],
};
