package redact

import "strings"

// unlooked is before anybody looked for one.
var unlooked = [len(inHosts)]int{-1, -1}

// inHosts is what hosts of AWS have in them.
var inHosts = [...]string{"amazonaws", "api.aws"}

// nextHost is where one of inHosts stands next, or behind the text.
func (s *scanner) nextHost() int {
	next := len(s.text) + longestHost
	for i, part := range inHosts {
		if s.hostsAt[i] < s.at {
			s.looked += len(s.rest())
			s.hostsAt[i] = len(s.text) + longestHost
			if at := strings.Index(s.rest(), part); at >= 0 {
				s.hostsAt[i] = s.at + at
				s.looked += at - len(s.rest())
			}
		}
		next = min(next, s.hostsAt[i])
	}
	return next
}

// longestHost is the longest name that a host can have, in bytes. To look further
// behind each label would take the square of a long value.
//
// https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
const longestHost = 255

// host writes the address of an AWS service. What stands before the service, and
// is no Region, is the name of a bucket, an API or a cluster.
func (s *scanner) host(m string) {
	labels := strings.Split(m, ".")
	first := len(labels)
	for i, l := range labels {
		if l == "amazonaws" || l == "api" || l == "amazonaws-us-gov" {
			first = i
			break
		}
	}
	service := first - 1
	if service > 0 && region.is(labels[service]) {
		service--
	}
	for i, l := range labels {
		if i > 0 {
			s.keep(1)
		}
		if i >= service || l == "oidc" || l == "dkr" {
			s.keep(len(l))
			continue
		}
		s.put(len(l), s.scan(l, value))
	}
}
