/** MediaPackage ingress, v1 and v2; reference 1.2, 1.3, 2.2 and 2.4. */
import { examplesOf } from "../example.ts";

const table = "mediapackage_ingress";
const loggedMs = 1_594_666_800_000;
const v1Host = "aaabbbcccdddee.mediapackage.us-east-1.amazonaws.com";
const v2Host = "aabbcc-1.ingest.eeffgg.mediapackagev2.us-east-1.amazonaws.com";

export const mediapackageV1IngressExamples = examplesOf("mediapackage-v1-ingress", table, [
  {
    name: "an encoder's upload: the reference's record (1.3) without the endpoint",
    loggedMs,
    texts: [
      `{"timestamp":"2020-07-13T18:59:56.293656Z","clientIp":"192.0.2.0/24","processingTime":0.445,"statusCode":"201","receivedBytes":2587370,"sentBytes":0,"method":"PUT","request":"https://aaabbbcccdddee.mediapackage.us-east-1.amazonaws.com:443/in/v2/75ee4f20/75ee4f20/channel_1080p_00042.ts","protocol":"HTTP/1.1","userAgent":"Go-http-client/1.1","account":"111122223333","channelId":"my_channel","channelArn":"arn:aws:mediapackage:us-west-2:111122223333:channels/ExampleChannelID","domainName":"aaabbbcccdddee.mediapackage.us-east-1.amazonaws.com","requestId":"v1-ingress"}`,
    ],
    row: {
      event_time: "2020-07-13T18:59:56.293Z",
      event_time_us: 1_594_666_796_293_656,
      event_id: "v1-ingress",
      client_ip: "192.0.2.0/24",
      time_to_first_byte: 0.445,
      status_code: 201,
      received_bytes: 2_587_370,
      sent_bytes: 0,
      method: "PUT",
      request_uri: `https://${v1Host}:443/in/v2/75ee4f20/75ee4f20/channel_1080p_00042.ts`,
      protocol: "HTTP/1.1",
      user_agent: "Go-http-client/1.1",
      domain_name: v1Host,
      request_id: "v1-ingress",
      account: "111122223333",
      channel_id: "my_channel",
      channel_arn: "arn:aws:mediapackage:us-west-2:111122223333:channels/ExampleChannelID",
      request_type: "segment",
      streaming_format: "hls",
      status_class: "2xx",
      is_client_abort: false,
      is_ttfb_valid: true,
      cdn: "tool",
      weight: 1,
    },
  },
]);

const v2Row = {
  client_ip: "192.0.2.0",
  time_to_first_byte: 0.445,
  received_bytes: 468,
  sent_bytes: 2_587_370,
  method: "PUT",
  request_uri: `https://${v2Host}:443/in/v1/my_channel_group/1/my_channel/manifest.m3u8`,
  protocol: "HTTP/1.1",
  domain_name: v2Host,
  account: "111122223333",
  channel_id: "my_channel",
  channel_arn: "arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/my_channel_group/channel/my_channel",
  channel_group_id: "my_channel_group",
  resource_arn: "arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/my_channel_group",
  input_type: "HLS",
  request_type: "manifest",
  streaming_format: "hls",
  is_client_abort: false,
  is_ttfb_valid: true,
  weight: 1,
};

export const mediapackageV2IngressExamples = examplesOf("mediapackage-v2-ingress", table, [
  {
    name: "the guide's values (2.4): the input index as text, ISO time",
    loggedMs,
    texts: [
      `{"resource_arn":"arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/my_channel_group","event_timestamp":"2020-07-13T18:59:56.293656Z","client_ip":"192.0.2.0","time_to_first_byte":0.445,"status_code":"200","received_bytes":468,"sent_bytes":2587370,"method":"PUT","request":"https://aabbcc-1.ingest.eeffgg.mediapackagev2.us-east-1.amazonaws.com:443/in/v1/my_channel_group/1/my_channel/manifest.m3u8","protocol":"HTTP/1.1","user_agent":"AWS Elemental MediaLive","domain_name":"aabbcc-1.ingest.eeffgg.mediapackagev2.us-east-1.amazonaws.com","request_id":"v2-ingress-text","account":"111122223333","channel_id":"my_channel","channel_arn":"arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/my_channel_group/channel/my_channel","channel_group_id":"my_channel_group","input_type":"HLS","input_index":"1"}`,
    ],
    row: {
      ...v2Row,
      event_time: "2020-07-13T18:59:56.293Z",
      event_time_us: 1_594_666_796_293_656,
      event_id: "v2-ingress-text",
      request_id: "v2-ingress-text",
      user_agent: "AWS Elemental MediaLive",
      status_code: 200,
      status_class: "2xx",
      input_index: 1,
    },
  },
  {
    name: "the sample's types: numbers and epoch milliseconds",
    loggedMs,
    texts: [
      `{"resource_arn":"arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/my_channel_group","event_timestamp":1594666796293,"client_ip":"192.0.2.0","time_to_first_byte":0.445,"status_code":403,"received_bytes":468,"sent_bytes":2587370,"method":"PUT","request":"https://aabbcc-1.ingest.eeffgg.mediapackagev2.us-east-1.amazonaws.com:443/in/v1/my_channel_group/1/my_channel/manifest.m3u8","protocol":"HTTP/1.1","domain_name":"aabbcc-1.ingest.eeffgg.mediapackagev2.us-east-1.amazonaws.com","request_id":"v2-ingress-number","account":"111122223333","channel_id":"my_channel","channel_arn":"arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/my_channel_group/channel/my_channel","channel_group_id":"my_channel_group","input_type":"HLS","input_index":2}`,
    ],
    row: {
      ...v2Row,
      event_time: "2020-07-13T18:59:56.293Z",
      event_time_us: 1_594_666_796_293_000,
      event_id: "v2-ingress-number",
      request_id: "v2-ingress-number",
      status_code: 403,
      status_class: "4xx",
      input_index: 2,
    },
  },
]);
