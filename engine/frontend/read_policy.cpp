// What only policies say, beside their logic: the resources that they are about.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "engine/frontend/readers.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

// The types of resources that Panther scans. Others are allowed, for events may be of any type; they are here for "did
// you mean".
constexpr auto scanned_types = std::to_array<std::string_view>({"AWS.ACM.Certificate",
                                                                "AWS.CloudFormation.Stack",
                                                                "AWS.CloudTrail",
                                                                "AWS.CloudTrail.Meta",
                                                                "AWS.CloudWatch.LogGroup",
                                                                "AWS.Config.Recorder",
                                                                "AWS.Config.Recorder.Meta",
                                                                "AWS.DynamoDB.Table",
                                                                "AWS.EC2.AMI",
                                                                "AWS.EC2.Instance",
                                                                "AWS.EC2.NetworkACL",
                                                                "AWS.EC2.SecurityGroup",
                                                                "AWS.EC2.VPC",
                                                                "AWS.EC2.Volume",
                                                                "AWS.ECS.Cluster",
                                                                "AWS.EKS.Cluster",
                                                                "AWS.ELBV2.ApplicationLoadBalancer",
                                                                "AWS.GuardDuty.Detector",
                                                                "AWS.GuardDuty.Detector.Meta",
                                                                "AWS.IAM.Group",
                                                                "AWS.IAM.Policy",
                                                                "AWS.IAM.Role",
                                                                "AWS.IAM.RootUser",
                                                                "AWS.IAM.User",
                                                                "AWS.KMS.Key",
                                                                "AWS.Lambda.Function",
                                                                "AWS.PasswordPolicy",
                                                                "AWS.RDS.Instance",
                                                                "AWS.Redshift.Cluster",
                                                                "AWS.S3.Bucket",
                                                                "AWS.WAF.Regional.WebACL",
                                                                "AWS.WAF.WebACL"});

void check_type(const Section& section, const Located<std::string>& type) {
  if (std::ranges::find(scanned_types, type.value) != scanned_types.end()) return;
  const auto meant = nearest(type.value, std::span<const std::string_view>(scanned_types));
  if (!meant) return;
  propose(section.say(
              Code::ignored_value, type.span,
              "Panther scans no resources of the type " + backquoted(type.value) + ": there may be none to judge", {}),
          type.span, *meant);
}

// What Panther keeps quiet about, and a policy here would not.
void check_suppressions(const Section& section) {
  if (section.texts("Suppressions").empty()) return;
  section.say(Code::ignored_value, section.raw("Suppressions")->key_span,
              "`Suppressions` has no effect: the resources that it names raise alerts as others do",
              "let the logic say which resources comply whatever they are");
}

}  // namespace

void check_policy(const Section& section) {
  for (const Located<std::string>& type : section.texts("ResourceTypes")) check_type(section, type);
  check_suppressions(section);
}

}  // namespace picket
