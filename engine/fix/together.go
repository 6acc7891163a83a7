package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// companions are actions that one use asks for together: who has one of them
// is denied the next a moment later. A row counts where the caller is of its
// kind, and where kms:ViaService begins with its service.
//
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-pull.html
var companions = [...]struct {
	services string // the service principals, "" for callers with an account
	via      string // how kms:ViaService begins
	of, set  string
	why      string
}{
	{"sns s3 events cloudwatch cloudwatch.alarms ses budgets delivery.logs", "", "kms:decrypt kms:generatedatakey kms:generatedatakey*",
		"kms:Decrypt kms:GenerateDataKey*", "a service that sends to an encrypted queue, topic or bucket asks for both"},
	{"", "s3.", "kms:generatedatakey", "kms:GenerateDataKey kms:Decrypt", "an upload in parts asks for both"},
	{"", "sqs.", "kms:generatedatakey", "kms:GenerateDataKey kms:Decrypt", "sending to an encrypted queue asks for both"},
	{"", "sns.", "kms:generatedatakey", "kms:GenerateDataKey kms:Decrypt", "publishing to an encrypted topic asks for both"},
	{"", "", "ecr:batchgetimage ecr:getdownloadurlforlayer", "ecr:BatchGetImage ecr:GetDownloadUrlForLayer", "pulling an image asks for both"},
}

// together is the actions that go into one edit, the one that is asked for
// among them, and what to say of the others. Those that a statement has are
// left out.
func (m *mover) together(s *stated) (set []string, why string) {
	action := m.check.Action
	for _, row := range companions {
		if !has(strings.Fields(row.of), strings.ToLower(action)) || !m.rowCounts(row.services, row.via) {
			continue
		}
		var more []string
		for _, a := range strings.Fields(row.set) {
			pattern := policy.CompileAction(a)
			switch {
			case pattern.Match(strings.ToLower(action)):
				set = append(set, a)
			case s != nil && m.hasAction(s, a):
			default:
				set, more = append(set, a), append(more, a)
			}
		}
		if len(more) > 0 {
			why = "Allows " + list(more) + " too: " + row.why + "."
		}
		return set, why
	}
	return []string{action}, ""
}

func (m *mover) rowCounts(services, via string) bool {
	p := &m.check.Principal
	if p.Kind == engine.ServicePrincipal {
		service, _, _ := strings.Cut(p.ARN, ".amazonaws.com")
		return has(strings.Fields(services), service)
	}
	return services == "" && strings.HasPrefix(m.one("kms:ViaService"), via)
}

// hasAction reports whether a statement has an action, or a pattern of it.
func (m *mover) hasAction(s *stated, action string) bool {
	for _, a := range s.Action.Values {
		pattern := policy.CompileAction(a.Value)
		if pattern.Match(strings.ToLower(strings.TrimSuffix(action, "*"))) {
			return true
		}
	}
	return false
}
