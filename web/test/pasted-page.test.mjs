// Policies as they stand in articles and consoles, pasted into the page.
import { after, before, test } from "node:test";
import { addLine, field, IDENTITY, paste, start, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/** Asks another question. */
async function ask(page, principal, action, resource) {
  await field(page, "Principal", principal);
  await field(page, "Action", action);
  await field(page, "Resource", resource);
}

const QUEUE = `{
"Version": "2012-10-17",
"Id": "DenyIfSourceAccountAndPrincipalOrgIdMatch",
"Statement": [
{
"Sid": "DenyAccessIfSourceAccountAndPrincipalOrgIdMatch",
"Effect": "Deny",
"Principal": "*",
"Action": "sqs:*",
"Resource": "arn:aws:sqs:us-east-1:003422198502:test",
"Condition": {
"StringNotEqualsIfExists": {
"aws:PrincipalOrgId": "o-r2rjrevijr",
"aws:SourceAccount": "\${aws:AccountId}"
}
}
}
]
}`;

test("a queue policy that only denies, with a variable that AWS does not know", async () => {
  const page = await site.open();
  await ask(page, "arn:aws:iam::003422198502:user/sender", "sqs:SendMessage", "arn:aws:sqs:us-east-1:003422198502:test");
  await paste(page, "resource.json", QUEUE);
  await paste(page, IDENTITY, '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}}');
  await verdict(page, /explicit deny/);
  await addLine(page, "aws:PrincipalOrgID", "o-r2rjrevijr");
  await verdict(page, /Allowed/);
  await page.finish();
});

const BUCKET = `{
  "Version": "2012-10-17",
  "Id": "ExamplePolicyWithCondition",
  "Statement": [
    {
      "Sid": "AllowS3AccessWithCondition",
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::123456789012:role/MyExampleRole"
      },
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-bucket/*",
      "Condition": {
        "IpAddress": {
          "aws:SourceIp": "203.0.113.0/24"
        }
      }
    }
  ]
}`;

test("a bucket policy with a range of addresses: absent, inside, outside", async () => {
  const page = await site.open();
  await ask(page, "arn:aws:sts::123456789012:assumed-role/MyExampleRole/s1", "s3:GetObject", "arn:aws:s3:::example-bucket/a.txt");
  await paste(page, IDENTITY, "");
  await paste(page, "resource.json", BUCKET);
  await addLine(page, "resource-account", "123456789012");
  await verdict(page, /Denied.*implicit deny/s);
  await addLine(page, "aws:SourceIp", "203.0.113.77");
  await verdict(page, /Allowed/);
  await page.getByLabel("Value of aws:SourceIp").fill("198.51.100.1");
  await verdict(page, /Denied.*implicit deny/s);
  await page.locator(".statements", { hasText: "aws:SourceIp" }).waitFor();
  await page.finish();
});

const EC2 = `{
    "Version": "2012-10-17",
    "Statement": [
        {"Action": "ec2:*", "Effect": "Allow", "Resource": "*"},
        {"Effect": "Allow", "Action": "elasticloadbalancing:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*",
         "Condition": {"StringEquals": {"iam:AWSServiceName": ["autoscaling.amazonaws.com", "spot.amazonaws.com"]}}}
    ]
}`;

test("a permissions boundary without a common action leaves nothing", async () => {
  const page = await site.open();
  await ask(page, "arn:aws:iam::111122223333:user/notanadmin", "ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/*");
  await paste(page, "resource.json", "");
  await paste(page, IDENTITY, EC2);
  await verdict(page, /Allowed/);
  await page.getByRole("button", { name: "+ Permissions boundary" }).click();
  await paste(
    page,
    "boundary.json",
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}}',
  );
  await verdict(page, /Denied.*implicit deny/s);
  await page.locator(".aws blockquote", { hasText: "because no permissions boundary allows the ec2:RunInstances action" }).waitFor();
  await field(page, "Action", "s3:ListAllMyBuckets");
  await field(page, "Resource", "*");
  await verdict(page, /Denied.*implicit deny/s);
  await page.locator(".aws blockquote", { hasText: "because no identity-based policy allows" }).waitFor();
  await page.finish();
});

const KEY = `{
"Version": "2012-10-17",
"Id": "key-policy-test",
"Statement": [
{
"Sid": "Allow access for Root",
"Effect": "Allow",
"Principal": {"AWS": "arn:aws:iam::123412341234:root"},
"Action": "kms:*",
"Resource": "*",
"Condition": {"StringEquals": {"aws:PrincipalType": "Account"}}
},
{
"Sid": "Allow access for Key Administrators",
"Effect": "Allow",
"Principal": {"AWS": "arn:aws:iam::123412341234:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess"},
"Action": "kms:*",
"Resource": "*"
}
]
}`;

test("a key policy for the root user and one single sign-on role", async () => {
  const page = await site.open();
  await ask(
    page,
    "arn:aws:sts::123412341234:assumed-role/AWSReservedSSO_AdministratorAccess/ann",
    "kms:Decrypt",
    "arn:aws:kms:us-east-1:123412341234:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  );
  await paste(page, "resource.json", KEY);
  await paste(page, IDENTITY, "");
  // The session's ARN does not have the path of its role, and an account has no
  // two roles of one name.
  await verdict(page, /Allowed/);
  await addLine(page, "role", "arn:aws:iam::123412341234:role/other/AWSReservedSSO_AdministratorAccess");
  await verdict(page, /Denied.*implicit deny/s);
  await page.finish();
});
