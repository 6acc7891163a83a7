package main

import (
	"testing"

	"why403/engine/catalogue/data"
)

func TestService(t *testing.T) {
	if got := calls.Call("service", data.All().Text("sqs")); got != `{"problem":""}` {
		t.Errorf("the call gives %s", got)
	}
	if s := services.Service("sqs"); s == nil || s.Action("SendMessage") == nil {
		t.Errorf("the service is %+v", s)
	}
	if got := calls.Call("service", "sqs - Amazon SQS\nx"); got != `{"problem":"catalogue: line 2: the lines begin with k, g, t, a and o, in this order"}` {
		t.Errorf("the call gives %s", got)
	}
	if services.Service("sqs").Action("SendMessage") == nil {
		t.Error("a text that can't be read takes the service away")
	}
}
