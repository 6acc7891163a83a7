//go:build js && wasm

package main

import "syscall/js"

// main puts one object on globalThis, with a function for each call: text in,
// JSON out. The functions never throw.
func main() {
	object := js.Global().Get("Object").New()
	for name := range calls {
		object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			text := ""
			if len(args) > 0 && args[0].Type() == js.TypeString {
				text = args[0].String()
			}
			return call(name, text)
		}))
	}
	js.Global().Set("why403", object)
	select {}
}
