/** CloudTrail records of calls to the media services; reference 5.2 and 5.3. */
import { examplesOf } from "../example.ts";

const loggedMs = 1_545_094_300_000;

const identity = `{"type":"AssumedRole","principalId":"ABCDEFGHIJKL123456789","arn":"arn:aws:sts::444455556666:assumed-role/Admin/testUser","accountId":"444455556666","accessKeyId":"AKIAIOSFODNN7EXAMPLE","sessionContext":{"attributes":{"mfaAuthenticated":"false","creationDate":"2018-12-18T00:50:58Z"},"sessionIssuer":{"type":"Role","principalId":"ABCDEFGHIJKL123456789","arn":"arn:aws:iam::444455556666:role/Admin","accountId":"444455556666","userName":"Admin"}}}`;
const admin = {
  user_type: "AssumedRole",
  user_arn: "arn:aws:sts::444455556666:assumed-role/Admin/testUser",
  user_account: "444455556666",
  user_name: "Admin",
  user_identity: identity,
};
const call = {
  aws_region: "us-west-2",
  event_type: "AwsApiCall",
  recipient_account_id: "444455556666",
  weight: 1,
};
const response = `{"description":"updated cloudtrail description","hlsIngest":{"ingestEndpoints":[{"username":"***","url":"https://mediapackage.us-west-2.amazonaws.com/in/v2/8d0ca97840d94b18b37ad292c131bcad/8d0ca97840d94b18b37ad292c131bcad/channel","password":"***","id":"8d0ca97840d94b18b37ad292c131bcad"}]},"id":"cloudtrail-test","arn":"arn:aws:mediapackage:us-west-2:444455556666:channels/8d0ca97840d94b18b37ad292c131bcad"}`;

export const cloudtrailExamples = examplesOf("cloudtrail", "cloudtrail_events", [
  {
    name: "the reference's record (5.3): MediaPackage, keys in camelCase, no event id",
    loggedMs,
    texts: [
      `{"eventVersion":"1.05","userIdentity":${identity},"eventTime":"2018-12-18T00:50:59Z","eventSource":"mediapackage.amazonaws.com","eventName":"UpdateChannel","awsRegion":"us-west-2","sourceIPAddress":"203.0.113.17","userAgent":"aws-cli/1.15.71 Python/3.6.5 Darwin/17.7.0 botocore/1.10.70","requestParameters":{"description":"updated cloudtrail description","id":"cloudtrail-test"},"responseElements":${response},"eventType":"AwsApiCall","recipientAccountId":"444455556666"}`,
    ],
    row: {
      ...admin,
      ...call,
      event_time: "2018-12-18T00:50:59.000Z",
      event_time_us: 1_545_094_259_000_000,
      event_version: "1.05",
      event_source: "mediapackage.amazonaws.com",
      event_name: "UpdateChannel",
      source_ip_address: "203.0.113.17",
      user_agent: "aws-cli/1.15.71 Python/3.6.5 Darwin/17.7.0 botocore/1.10.70",
      request_parameters: '{"description":"updated cloudtrail description","id":"cloudtrail-test"}',
      response_elements: response,
      changes_state: true,
    },
  },
  {
    name: "MediaTailor: keys in PascalCase, an IAM user of a console session, an error",
    loggedMs,
    texts: [
      `{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","userName":"alice","arn":"arn:aws:iam::444455556666:user/alice","accountId":"444455556666"},"eventTime":"2018-12-18T00:51:00Z","eventSource":"mediatailor.amazonaws.com","eventName":"PutPlaybackConfiguration","awsRegion":"us-west-2","sourceIPAddress":"2001:db8::9","userAgent":"Mozilla/5.0","errorCode":"AccessDenied","errorMessage":"User is not authorized","requestParameters":{"Name":"live","VideoContentSourceUrl":"https://origin.example.com","AdDecisionServerUrl":"https://ads.example.com"},"responseElements":null,"requestID":"r-1","eventID":"e7c5d5ba-0000-4000-8000-000000000001","readOnly":false,"managementEvent":true,"eventType":"AwsApiCall","eventCategory":"Management","apiVersion":"2018-04-23","recipientAccountId":"444455556666","sessionCredentialFromConsole":"true","tlsDetails":{"tlsVersion":"TLSv1.3"},"resources":[{"ARN":"arn:aws:mediatailor:us-west-2:444455556666:playbackConfiguration/live"}]}`,
    ],
    row: {
      ...call,
      event_time: "2018-12-18T00:51:00.000Z",
      event_time_us: 1_545_094_260_000_000,
      event_id: "e7c5d5ba-0000-4000-8000-000000000001",
      event_version: "1.11",
      event_source: "mediatailor.amazonaws.com",
      event_name: "PutPlaybackConfiguration",
      source_ip_address: "2001:db8::9",
      user_agent: "Mozilla/5.0",
      error_code: "AccessDenied",
      error_message: "User is not authorized",
      user_type: "IAMUser",
      user_name: "alice",
      user_arn: "arn:aws:iam::444455556666:user/alice",
      user_account: "444455556666",
      user_identity:
        '{"type":"IAMUser","userName":"alice","arn":"arn:aws:iam::444455556666:user/alice","accountId":"444455556666"}',
      request_parameters:
        '{"Name":"live","VideoContentSourceUrl":"https://origin.example.com","AdDecisionServerUrl":"https://ads.example.com"}',
      request_id: "r-1",
      is_read_only: false,
      is_management_event: true,
      event_category: "Management",
      api_version: "2018-04-23",
      is_console_session: true,
      tls_details: '{"tlsVersion":"TLSv1.3"}',
      resources: '[{"ARN":"arn:aws:mediatailor:us-west-2:444455556666:playbackConfiguration/live"}]',
      changes_state: true,
    },
  },
  {
    name: "a service that reads for somebody: a DNS name as address, no parameters, a correction",
    loggedMs,
    texts: [
      `{"eventVersion":"1.08","userIdentity":{"type":"AWSService","invokedBy":"mediatailor.amazonaws.com"},"eventTime":"2018-12-18T00:51:01Z","eventSource":"mediapackagev2.amazonaws.com","eventName":"GetChannel","awsRegion":"us-west-2","sourceIPAddress":"mediatailor.amazonaws.com","userAgent":"mediatailor.amazonaws.com","requestParameters":null,"responseElements":null,"additionalEventData":{"a":1},"requestID":"r-2","eventID":"e7c5d5ba-0000-4000-8000-000000000002","readOnly":true,"eventType":"AwsApiCall","recipientAccountId":"444455556666","sharedEventID":"s-1","vpcEndpointId":"vpce-1","vpcEndpointAccountId":"444455556666","serviceEventDetails":{"b":2},"addendum":{"reason":"UPDATED_DATA"}}`,
    ],
    row: {
      ...call,
      event_time: "2018-12-18T00:51:01.000Z",
      event_time_us: 1_545_094_261_000_000,
      event_id: "e7c5d5ba-0000-4000-8000-000000000002",
      event_version: "1.08",
      event_source: "mediapackagev2.amazonaws.com",
      event_name: "GetChannel",
      source_ip_address: "mediatailor.amazonaws.com",
      user_agent: "mediatailor.amazonaws.com",
      user_type: "AWSService",
      invoked_by: "mediatailor.amazonaws.com",
      user_identity: '{"type":"AWSService","invokedBy":"mediatailor.amazonaws.com"}',
      additional_event_data: '{"a":1}',
      service_event_details: '{"b":2}',
      request_id: "r-2",
      is_read_only: true,
      shared_event_id: "s-1",
      vpc_endpoint_id: "vpce-1",
      addendum: '{"reason":"UPDATED_DATA"}',
      changes_state: false,
      extra: '{"vpcEndpointAccountId":"444455556666"}',
    },
  },
]);
