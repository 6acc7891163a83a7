//go:build js && wasm

package bridge

import "syscall/js"

// Serve puts one object on globalThis, with a function for each call, and
// stays. The functions never throw.
func (c Calls) Serve() {
	object := js.Global().Get("Object").New()
	for name := range c {
		object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			text := ""
			if len(args) > 0 && args[0].Type() == js.TypeString {
				text = args[0].String()
			}
			return c.Call(name, text)
		}))
	}
	js.Global().Set("why403", object)
	select {}
}
