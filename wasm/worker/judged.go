package main

import (
	"runtime"
	"time"

	answering "why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/scenario"
)

// maxWork is how many steps one evaluation has, a quarter of a second in
// WebAssembly. A Worker's clock stands still while it computes, so steps are all
// that can be counted there:
// https://developers.cloudflare.com/workers/runtime-apis/performance/
const maxWork = scenario.MaxWork / 2

var (
	errTooMuch = &fault{status: 422, code: "too-much-work",
		message: "This scenario takes more work to answer than one evaluation has here. Ask fewer things at once, or answer it on your own " +
			"machine: why403 eval FILE."}
	errTooLong = &fault{status: 503, code: "too-long",
		message: "This scenario takes longer to answer than one evaluation has here. Ask fewer things at once, or answer it on your own " +
			"machine: why403 eval FILE."}
)

// running has an entry for each evaluation that goes on. More of them at once
// would take the memory of all, and none of them would end in its time.
var running = make(chan struct{}, 2*runtime.GOMAXPROCS(0))

// judged reads a scenario and does something with its answers. Both have a time
// of their own: then the answer is errTooLong, whatever still goes on.
func judged[T any](s *server, text string, do func(*scenario.File, []answering.Answer) (T, error)) (T, error) {
	work := func() (out T, err error) {
		f := scenario.ParseWith(data.All(), text)
		answers, ok := answering.Within(f, maxWork)
		if !ok {
			return out, errTooMuch
		}
		return do(f, answers)
	}
	if s.patience == nil {
		return work()
	}
	type result struct {
		out T
		err error
	}
	var none T
	over := s.patience()
	select {
	case running <- struct{}{}:
	case <-over:
		return none, errTooLong
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-running }()
		r := result{err: errBug}
		defer func() {
			recover()
			done <- r
		}()
		r.out, r.err = work()
	}()
	select {
	case r := <-done:
		return r.out, r.err
	case <-over:
		return none, errTooLong
	}
}

// patience is the time that an evaluation has natively.
func patience() <-chan time.Time { return time.After(5 * time.Second) }
