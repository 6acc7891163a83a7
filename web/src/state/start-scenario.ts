import type { Opened } from "../engine/contract";

/** What the page shows while a scenario is on its way. */
export const EMPTY: Opened = { title: "", notes: "", comment: "", order: [], closed: true, requests: [], sections: [], problems: [] };

/** What the page shows first: the most common way to be denied by KMS. */
export const START: Opened = {
  title: "The default key policy, and an identity-based policy that forgets kms:Decrypt",
  notes: `The default key policy names the account, not the role. It delegates to IAM, and the role's policy allows Encrypt but not Decrypt.

See https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html`,
  comment: "",
  order: [],
  closed: true,
  requests: [
    {
      name: "",
      text: "",
      want: "",
      lines: [
        { key: "principal", value: "arn:aws:sts::111122223333:assumed-role/app/i-0abc" },
        { key: "action", value: "kms:Decrypt" },
        { key: "resource", value: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
      ],
    },
  ],
  sections: [
    {
      name: "resource.json",
      text: `{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "Enable IAM User Permissions",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
    "Action": "kms:*",
    "Resource": "*"
  }]
}`,
    },
    {
      name: "identity/app-inline.json",
      text: `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": ["kms:Encrypt", "kms:GenerateDataKey*"],
    "Resource": "*"
  }
}`,
    },
  ],
  problems: [],
};
