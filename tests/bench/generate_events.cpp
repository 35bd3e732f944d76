#include <array>
#include <cstdio>

#include "tests/bench/generate.hpp"

namespace picket::bench {
namespace {

struct Call {
  std::string_view source;
  std::string_view name;
  bool reads;
};

constexpr std::array<Call, 30> calls = {{{"s3", "GetObject", true},
                                         {"sts", "AssumeRole", true},
                                         {"ec2", "DescribeInstances", true},
                                         {"kms", "Decrypt", true},
                                         {"s3", "PutObject", false},
                                         {"iam", "GetRole", true},
                                         {"logs", "CreateLogStream", false},
                                         {"lambda", "Invoke", false},
                                         {"dynamodb", "DescribeTable", true},
                                         {"ec2", "DescribeVolumes", true},
                                         {"s3", "ListBuckets", true},
                                         {"secretsmanager", "GetSecretValue", true},
                                         {"iam", "ListAttachedRolePolicies", true},
                                         {"ssm", "GetParameter", true},
                                         {"ecr", "BatchGetImage", true},
                                         {"cloudformation", "DescribeStacks", true},
                                         {"ec2", "RunInstances", false},
                                         {"elasticloadbalancing", "DescribeTargetHealth", true},
                                         {"signin", "ConsoleLogin", false},
                                         {"autoscaling", "DescribeAutoScalingGroups", true},
                                         {"ec2", "CreateTags", false},
                                         {"rds", "DescribeDBInstances", true},
                                         {"iam", "CreateAccessKey", false},
                                         {"ec2", "AuthorizeSecurityGroupIngress", false},
                                         {"iam", "AttachUserPolicy", false},
                                         {"s3", "PutBucketPolicy", false},
                                         {"ec2", "ModifySnapshotAttribute", false},
                                         {"iam", "DeactivateMFADevice", false},
                                         {"cloudtrail", "StopLogging", false},
                                         {"guardduty", "DeleteDetector", false}}};
constexpr std::array<std::string_view, 10> users = {"deploy",    "ci-runner", "alice",   "backup", "bob",
                                                    "terraform", "carol",     "monitor", "dana",   "amir"};
constexpr std::array<std::string_view, 6> regions = {"us-east-1", "eu-central-1",   "us-west-2",
                                                     "eu-west-1", "ap-southeast-2", "sa-east-1"};
constexpr std::array<std::string_view, 6> agents = {
    "Boto3/1.34.11 md/Botocore#1.34.11 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.7 md/pyimpl#CPython",
    "aws-sdk-go/1.49.6 (go1.21.5; linux; amd64)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36",
    "AWS Internal",
    "APN/1.0 HashiCorp/1.0 Terraform/1.7.3 (+https://www.terraform.io) terraform-provider-aws/5.37.0",
    "aws-cli/2.15.17 Python/3.11.6 Linux/5.15.0-1052-aws exe/x86_64.ubuntu.22 prompt/off command/s3.cp"};

std::string time_text(Chance& chance) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "2026-03-%02dT%02d:%02d:%02dZ", static_cast<int>(1 + chance.below(28)),
                static_cast<int>(chance.below(24)), static_cast<int>(chance.below(60)),
                static_cast<int>(chance.below(60)));
  return buffer.data();
}

void append_identity(std::string& out, Chance& chance) {
  const std::string account = "11112222" + chance.digits(3330, 3339);
  const std::string user(chance.pick_uneven(users));
  if (chance.one_in(3)) {
    out += R"("userIdentity":{"type":"IAMUser","principalId":"AIDA)" + chance.hex(16) + R"(","arn":"arn:aws:iam::)" +
           account + ":user/" + user + R"(","accountId":")" + account + R"(","accessKeyId":"AKIA)" + chance.hex(16) +
           R"(","userName":")" + user + R"("},)";
    return;
  }
  out += R"("userIdentity":{"type":"AssumedRole","principalId":"AROA)" + chance.hex(16) + ":" + user +
         R"(","arn":"arn:aws:sts::)" + account + ":assumed-role/" + user + "/i-" + chance.hex(17) +
         R"(","accountId":")" + account + R"(","accessKeyId":"ASIA)" + chance.hex(16) +
         R"(","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA)" + chance.hex(16) +
         R"(","arn":"arn:aws:iam::)" + account + ":role/" + user + R"(","accountId":")" + account +
         R"(","userName":")" + user + R"("},"webIdFederationData":{},"attributes":{"creationDate":")" +
         time_text(chance) + R"(","mfaAuthenticated":")" + (chance.one_in(4) ? "true" : "false") + R"("}}},)";
}

void append_parameters(std::string& out, const Call& call, Chance& chance) {
  out += R"("requestParameters":{)";
  if (call.source == "s3") {
    out += R"("bucketName":"logs-)" + chance.hex(6) + R"(","key":"app/)" + chance.digits(2020, 2026) + "/" +
           chance.hex(20) + R"(.json.gz","Host":"s3.amazonaws.com","x-amz-server-side-encryption":"aws:kms")";
  } else if (call.source == "ec2") {
    out += R"("instancesSet":{"items":[)";
    for (std::size_t i = 0, count = 1 + chance.below(6); i < count; ++i) {
      out += std::string(i == 0 ? "" : ",") + R"({"instanceId":"i-)" + chance.hex(17) + R"("})";
    }
    out += R"(]},"filterSet":{"items":[{"name":"tag:env","valueSet":{"items":[{"value":"prod"}]}}]},"maxResults":)" +
           chance.digits(5, 1000);
  } else if (call.source == "iam") {
    out += R"("roleName":"role-)" + chance.hex(5) + R"(","userName":")" + std::string(chance.pick(users)) + "\"";
  } else {
    out += R"("name":"/prod/)" + chance.hex(12) + R"(","withDecryption":true,"encryptionContext":{"aws:ctx":")" +
           chance.hex(40) + "\"}";
  }
  out += R"(},"responseElements":)";
  if (call.reads) {
    out += "null,";
  } else {
    out += R"({"requestId":")" + chance.uuid() + R"(","_return":true,"note":"caf\u00e9 \"quoted\" \\ path"},)";
  }
}

}  // namespace

void append_event(std::string& out, Chance& chance) {
  const Call& call = calls[chance.below(chance.below(calls.size()) + 1)];
  out += R"({"eventVersion":"1.09",)";
  append_identity(out, chance);
  out += R"("eventTime":")" + time_text(chance) + R"(","eventSource":")" + std::string(call.source) +
         R"(.amazonaws.com","eventName":")" + std::string(call.name) + R"(","awsRegion":")" +
         std::string(chance.pick_uneven(regions)) + R"(","sourceIPAddress":")" + chance.digits(11, 223) + "." +
         chance.digits(0, 255) + "." + chance.digits(0, 255) + "." + chance.digits(1, 254) + R"(","userAgent":")" +
         std::string(chance.pick_uneven(agents)) + R"(",)";
  if (chance.one_in(12)) out += R"("errorCode":"AccessDenied","errorMessage":"User is not authorized",)";
  append_parameters(out, call, chance);
  out += R"("additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256",)"
         R"("bytesTransferredIn":)" +
         chance.digits(0, 100000) + R"(,"x-amz-id-2":")" + chance.hex(76) + R"("},"requestID":")" + chance.uuid() +
         R"(","eventID":")" + chance.uuid() + R"(","readOnly":)" + (call.reads ? "true" : "false") +
         R"(,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333",)"
         R"("eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",)"
         R"("clientProvidedHostHeader":")" +
         std::string(call.source) + R"(.us-east-1.amazonaws.com"},"p_log_type":"AWS.CloudTrail"})" + "\n";
}

}  // namespace picket::bench
