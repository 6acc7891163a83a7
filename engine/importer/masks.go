package importer

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// unmask puts stand-ins where a text hides accounts, Regions or names, or
// leaves out parts of an ARN, and says so. region is that of the text, or "".
func (p *paste) unmask(f *facts, region string) {
	p.wholePrincipal(f)
	f.principal = p.unmasked(f.principal, arnPart(f.resource, 4))
	f.role = p.unmasked(f.role, arnPart(f.principal, 4))
	if arnPart(f.principal, 2) == "sts" && strings.HasPrefix(arnPart(f.principal, 5), "assumed-role/") && strings.Count(f.principal,
		"/") == 1 {
		f.principal += "/UNKNOWN"
		p.unknown("The name of the session: the text leaves it out")
	}
	f.resource = p.unmasked(f.resource, arnPart(f.principal, 4))
	p.wholeResource(f, region)
	for i := range f.context {
		switch l := &f.context[i]; {
		case strings.HasPrefix(l.value, "arn:"):
			l.value = p.unmasked(l.value, arnPart(f.resource, 4))
		case l.key == "aws:SourceAccount" && hidden(l.value):
			l.value = p.standIn(l.value, arnPart(f.resource, 4))
		}
	}
}

// unmasked gives an ARN accounts, Regions and names in the place of hidden
// ones. known is the account that a hidden one may be.
func (p *paste) unmasked(arn, known string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return arn
	}
	if parts[2] == "iam" || parts[2] == "sts" {
		parts[5] = strings.TrimLeft(parts[5], ":")
	}
	if account := parts[4]; hidden(account) {
		parts[4] = p.standIn(account, known)
	}
	if region := parts[3]; region != "" && strings.Trim(region, lowerLetters+digit+"-") != "" || strings.Trim(region, "x") == "" &&
		region != "" {
		parts[3] = anyRegion
		p.unknown("The Region in " + oneLine(arn) + ": " + anyRegion + " stands in its place")
	}
	if i := strings.Index(parts[5], "***"); i >= 0 {
		parts[5] = parts[5][:i] + "UNKNOWN" + strings.TrimLeft(parts[5][i:], "*")
		p.unknown("What is hidden in " + oneLine(arn))
	}
	return strings.Join(parts, ":")
}

// anyRegion stands for a Region that is not known.
const anyRegion = "us-east-1"

// hidden reports whether the account of an ARN is there, and is no account.
func hidden(account string) bool {
	return account != "" && account != "*" && account != "aws" && account != "cloudfront" && account != "aws-marketplace" &&
		!isAccount(account)
}

// standIn gives an account for one that is hidden, the same for the same. Known
// digits are kept: API Gateway shows the last four.
func (p *paste) standIn(mask, known string) string {
	first := mask[:len(mask)-len(strings.TrimLeft(mask, digit))]
	last := mask[len(strings.TrimRight(mask, digit)):]
	if isAccount(known) && strings.HasPrefix(known, first) && strings.HasSuffix(known, last) && len(first)+len(last) >= 4 {
		return known
	}
	for i, other := range p.masks {
		if sameMask(other[0], mask) {
			return p.masks[i][1]
		}
	}
	account := noAccount
	if len(first)+len(last) < 12 && len(first)+len(last) > 0 {
		account = first + noAccount[:12-len(first)-len(last)] + last
	}
	for n := 1; p.taken(account) && n < 1000; n++ {
		number := strconv.Itoa(n)
		account = noAccount[:12-len(number)] + number
	}
	p.masks = append(p.masks, [2]string{mask, account})
	p.unknown("The account behind " + oneLine(mask) + ": the text hides it, and " + account + " stands in its place")
	return account
}

// sameMask reports whether two masks hide one account. Of crosses and stars
// nobody counts how many there are.
func sameMask(a, b string) bool {
	return strings.EqualFold(a, b) || strings.Trim(strings.ToLower(a), strings.ToLower(b[:1])) == "" && strings.Trim(strings.ToLower(b),
		strings.ToLower(a[:1])) == "" && strings.Trim(strings.ToLower(a[:1]), "x*#.-_"+digit) == ""
}

// withoutPlaceholders is a text without the words in brackets that stand for
// names: role/<their role>.
func withoutPlaceholders(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if strings.IndexByte("<[{", text[i]) >= 0 {
			if n := bracketLength(text[i:]); n > 0 {
				i += n - 1
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// isPlaceholder reports whether a text stands for a name instead of being one:
// <resource-arn>, YOUR_TOPIC_ARN.
func isPlaceholder(text string) bool {
	lower := strings.ToLower(text)
	if strings.IndexByte("<[{$", text[0]) >= 0 && strings.IndexByte(">]}", text[len(text)-1]) >= 0 {
		return true
	}
	return strings.HasPrefix(lower, "your_") || strings.HasPrefix(lower, "your-") ||
		strings.HasPrefix(lower, "my_") && strings.HasSuffix(lower, "_arn")
}

func (p *paste) taken(account string) bool {
	for _, m := range p.masks {
		if m[1] == account {
			return true
		}
	}
	return false
}

// wholePrincipal makes an ARN of a caller whom the text calls by name.
func (p *paste) wholePrincipal(f *facts) {
	who := f.principal
	if who == "" || strings.HasPrefix(who, "arn:") {
		if who != "" && arnPart(who, 5) == "" {
			f.principal = ""
		}
		return
	}
	if _, err := engine.ParsePrincipal(who); err == nil {
		return
	}
	f.principal = ""
	if isAccount(who) {
		f.account = who
		return
	}
	account := firstOf(f.account, arnPart(f.resource, 4))
	if account == "" || hidden(account) || f.foreign {
		account = noAccount
	}
	switch kind, _, _ := strings.Cut(who, "/"); {
	case strings.Trim(who, lowerLetters+upperLetters+digit+"+=,.@_-/") != "" || strings.Contains(who, "..") || len(who) > 512 ||
		isUniqueID(who) || isPlaceholder(who):
		p.unknown("Who asks: the text says only " + oneLine(who))
		return
	case kind == "assumed-role" || kind == "federated-user":
		f.principal = "arn:" + partition(f.resource) + ":sts::" + account + ":" + who
	case kind == "user" || kind == "role":
		f.principal = "arn:" + partition(f.resource) + ":iam::" + account + ":" + who
	default:
		f.principal = "arn:" + partition(f.resource) + ":iam::" + account + ":user/" + who
	}
	p.unknown("The account of the caller: the text has the name " + oneLine(who) + " only, and " + account + " stands in its place")
}

// wholeResource makes an ARN of a resource whom the text calls by name.
func (p *paste) wholeResource(f *facts, region string) {
	name := f.resource
	if strings.HasPrefix(name, "arn:") && arnPart(name, 5) == "" || strings.HasSuffix(name, "...") || strings.HasSuffix(name, "…") {
		f.resource = ""
		return
	}
	if strings.HasPrefix(name, "arn:") && strings.Contains(withoutPlaceholders(name), " ") && !strings.Contains(" s3 glue cloudwatch ",
		" "+arnPart(name, 2)+" ") {
		f.resource = ""
		p.unknown("The resource: the text breaks its ARN (" + oneLine(name) + ")")
		return
	}
	if name == "" || name == "*" || strings.HasPrefix(name, "arn:") || f.action == "" || policy.LogicalResource(name) {
		return
	}
	f.resource = ""
	service := serviceOf(f.action)
	form := ""
	switch kind, _, typed := strings.Cut(name, "/"); {
	case strings.Contains(name, "://") || strings.Contains(name, " ") || isPlaceholder(name):
	case service == "iam" || service == "sts":
		form = "arn:P:iam::A:V"
	case service == "ec2" && typed && strings.Trim(kind, lowerLetters+"-") == "":
		form = "arn:P:ec2:R:A:V"
	case service == "s3" && !isBucket(strings.Split(name, "/")[0]):
	case service == "s3":
		form = "arn:P:s3:::V"
	default:
		for _, row := range parameterARNs {
			if row.service == service && row.form != "" {
				form = row.form
				break
			}
		}
	}
	if form == "" {
		p.unknown("The resource: the text says only " + oneLine(name))
		return
	}
	if kind := strings.TrimSuffix(form[strings.LastIndexByte(form, ':')+1:], "V"); kind != "" {
		name = strings.TrimPrefix(name, kind)
	}
	account := arnPart(f.principal, 4)
	if account == "" {
		account = firstOf(f.account, noAccount)
	}
	if region == "" && strings.Contains(form, ":R:") {
		region = anyRegion
		p.unknown("The Region of the resource: the text has its name only, and " + anyRegion + " stands in its place")
	}
	f.resource = strings.NewReplacer(":P:", ":"+partition(f.principal)+":", ":R:", ":"+region+":", ":A:",
		":"+account+":").Replace(strings.TrimSuffix(form, "V"))
	f.resource = strings.Replace(f.resource, ":A:", ":"+account+":", 1) + name
}

// isUniqueID reports whether a text is the unique ID of a user, a role or a key,
// which is no name.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
func isUniqueID(text string) bool {
	for _, prefix := range []string{"AIDA", "AROA", "ASIA", "AKIA", "AGPA", "ANPA"} {
		if strings.HasPrefix(text, prefix) && strings.Trim(text, upperLetters+digit) == "" {
			return true
		}
	}
	return false
}
