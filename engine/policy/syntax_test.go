package policy_test

import (
	"testing"

	"why403/engine/policy"
)

// Texts, each with its problems below it: a caret line, the place, the message.
var brokenJSON = []string{
	// Nothing.
	``,
	`| 1:1 json-syntax: There is no JSON here. Paste it, or remove this section.`,
	"  \n",
	`| 1:1 json-syntax: There is no JSON here. Paste it, or remove this section.`,

	// Commas.
	`{"a":1,}`,
	`      ^ 1:7 json-syntax: A comma with nothing after it. Remove the comma, or add what is missing.`,
	`[1,]`,
	`  ^ 1:3 json-syntax: A comma with nothing after it. Remove the comma, or add what is missing.`,
	`[1,,2]`,
	`  ^ 1:3 json-syntax: A comma with nothing after it. Remove the comma, or add what is missing.`,
	`{"a":1,,"b":2}`,
	`      ^ 1:7 json-syntax: A comma with nothing after it. Remove the comma, or add what is missing.`,
	`[,1]`,
	` ^ 1:2 json-syntax: A value is missing before this.`,
	`{,}`,
	` ^ 1:2 json-syntax: A name in double quotes belongs here, such as "Statement", not “,”.`,

	// Ends that come too early.
	`{"a":1`,
	`      | 1:7 json-syntax: The text ends, but the “{” of line 1, column 1 is not closed. Paste the rest, or close it.`,
	`[1`,
	`  | 1:3 json-syntax: The text ends, but the “[” of line 1, column 1 is not closed. Paste the rest, or close it.`,
	`{"a"`,
	`    | 1:5 json-syntax: The text ends, but the “{” of line 1, column 1 is not closed. Paste the rest, or close it.`,
	`{"a":`,
	`     | 1:6 json-syntax: The text ends, but the “{” of line 1, column 1 is not closed. Paste the rest, or close it.`,
	`{"a":1,`,
	`       | 1:8 json-syntax: The text ends, but the “{” of line 1, column 1 is not closed. Paste the rest, or close it.`,
	`[{"b":[`,
	`       | 1:8 json-syntax: The text ends, but the “[” of line 1, column 7 is not closed. Paste the rest, or close it.`,
	"{\n \"a\": [\n",
	`       | 2:8 json-syntax: The text ends, but the “[” of line 2, column 7 is not closed. Paste the rest, or close it.`,

	// Strings without an end.
	`{"a":"b`,
	`     ^^ 1:6 json-syntax: This string is not closed. Close it with ", or paste the rest.`,
	`"`,
	`^ 1:1 json-syntax: This string is not closed. Close it with ", or paste the rest.`,
	`{"a":"b}`,
	`     ^^^ 1:6 json-syntax: This string is not closed. Close it with ", or paste the rest.`,
	"{\"a\":\"b\nc\"}",
	`     ^^ 1:6 json-syntax: This string is not closed on its line. Close it with ", or write a line break as \n.`,
	"{\"a\":\"b\r\nc\"}",
	`     ^^ 1:6 json-syntax: This string is not closed on its line. Close it with ", or write a line break as \n.`,
	`{"a":"b”}`,
	`       ^ 1:8 json-syntax: This curly quote does not close the string. Replace it by ".`,
	`{"a":1, "b”:2}`,
	`          ^ 1:11 json-syntax: This curly quote does not close the string. Replace it by ".`,
	`{"a":"b\`,
	`     ^^^ 1:6 json-syntax: This string is not closed. Close it with ", or paste the rest.`,

	// Quotes of other kinds.
	`{'a':1}`,
	` ^ 1:2 json-syntax: JSON strings have straight double quotes. Replace this quote by ".`,
	`{“a”:1}`,
	` ^ 1:2 json-syntax: JSON strings have straight double quotes. Replace this quote by ".`,
	`{"a":“b”}`,
	`     ^ 1:6 json-syntax: JSON strings have straight double quotes. Replace this quote by ".`,
	`{"a":‘b’}`,
	`     ^ 1:6 json-syntax: JSON strings have straight double quotes. Replace this quote by ".`,
	"{`a`:1}",
	` ^ 1:2 json-syntax: JSON strings have straight double quotes. Replace this quote by ".`,

	// Comments.
	`{} // x`,
	`   ^ 1:4 json-syntax: JSON has no comments. Remove this one.`,
	`// x`,
	`^ 1:1 json-syntax: JSON has no comments. Remove this one.`,
	`{/* x */}`,
	` ^ 1:2 json-syntax: JSON has no comments. Remove this one.`,
	`{"a":1 # x`,
	`       ^ 1:8 json-syntax: JSON has no comments. Remove this one.`,
	`[1 // x`,
	`   ^ 1:4 json-syntax: JSON has no comments. Remove this one.`,
	`{"a" /* x */:1}`,
	`     ^ 1:6 json-syntax: JSON has no comments. Remove this one.`,

	// Colons.
	`{"a" 1}`,
	`     ^ 1:6 json-syntax: A colon and a value are missing before this: the name before it has none.`,
	`{"a"}`,
	`    ^ 1:5 json-syntax: A colon and a value are missing before this: the name before it has none.`,
	`{"a",1}`,
	`    ^ 1:5 json-syntax: A colon and a value are missing before this: the name before it has none.`,
	`{"a"="b"}`,
	`    ^ 1:5 json-syntax: JSON puts a colon between a name and its value, and a comma between values. Replace this “=”.`,
	`{"a"::1}`,
	`     ^ 1:6 json-syntax: A value belongs here, not “:”.`,
	`{:1}`,
	` ^ 1:2 json-syntax: A name in double quotes belongs here, such as "Statement", not “:”.`,
	`{"a":}`,
	`     ^ 1:6 json-syntax: A value is missing before this.`,
	`{"a":,}`,
	`     ^ 1:6 json-syntax: A value is missing before this.`,

	// Missing commas, missing quotes.
	`{"a":1 "b":2}`,
	`       ^ 1:8 json-syntax: A comma is missing before this.`,
	`["a" "b"]`,
	`     ^ 1:6 json-syntax: A comma is missing before this.`,
	`[{} {}]`,
	`    ^ 1:5 json-syntax: A comma is missing before this.`,
	`{"a":"b"c"}`,
	`        ^ 1:9 json-syntax: A comma is missing before this, or the string before it is closed at the wrong place.`,
	`{"Version":"2012-10-17,"Id":""}`,
	`                        ^ 1:25 json-syntax: A comma is missing before this, or the string before it is closed at the wrong place.`,
	`{"a":1;"b":2}`,
	`      ^ 1:7 json-syntax: JSON puts a colon between a name and its value, and a comma between values. Replace this “;”.`,
	`{a:1}`,
	` ^ 1:2 json-syntax: A name in double quotes belongs here, such as "Statement", not “a”.`,
	`{1:1}`,
	` ^ 1:2 json-syntax: A name in double quotes belongs here, such as "Statement", not “1”.`,
	`{{}}`,
	` ^ 1:2 json-syntax: A name in double quotes belongs here, such as "Statement", not “{”.`,
	`{true:1}`,
	` ^^^^ 1:2 json-syntax: A name in double quotes belongs here, such as "Statement", not “true”.`,

	// Brackets.
	`{"a":1]`,
	`      ^ 1:7 json-syntax: This “]” does not close the “{” of line 1, column 1.`,
	`[1}`,
	`  ^ 1:3 json-syntax: This “}” does not close the “[” of line 1, column 1.`,
	`]`,
	`^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`[1,2}`,
	`    ^ 1:5 json-syntax: This “}” does not close the “[” of line 1, column 1.`,

	// What follows the value.
	`{} {}`,
	`   ^ 1:4 trailing-data: The JSON ends before this. One text holds one JSON value: remove the rest, or put it into a section of its own.`,
	`{},`,
	`  ^ 1:3 trailing-data: The JSON ends before this. One text holds one JSON value: remove the rest, or put it into a section of its own.`,
	`{}}`,
	`  ^ 1:3 trailing-data: This “}” closes nothing. Remove it.`,
	`{}]`,
	`  ^ 1:3 trailing-data: This “]” closes nothing. Remove it.`,
	`{}x`,
	`  ^ 1:3 trailing-data: The JSON ends before this. One text holds one JSON value: remove the rest, or put it into a section of its own.`,
	"{}\x00",
	`  ^ 1:3 json-syntax: There is an invisible or broken character here (U+0000). Remove it, or write a plain space.`,

	// Not JSON at all.
	`<a/>`,
	`^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`Version: 1`,
	`^^^^^^^^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`arn:aws:s3:::b`,
	`^^^^^^^^^^^^^^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`https://x`,
	`^^^^^^^^^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`True`,
	`^^^^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,

	// Words and numbers.
	`{"a":FALSE}`,
	`     ^^^^^ 1:6 json-syntax: JSON writes this in lower case: false.`,
	`{"a":tru}`,
	`     ^^^ 1:6 json-syntax: A string has double quotes: write "tru".`,
	`nul`,
	`^^^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`NaN`,
	`^^^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`{"a":allow}`,
	`     ^^^^^ 1:6 json-syntax: A string has double quotes: write "allow".`,
	`{"a":012345678901}`,
	`      ^ 1:7 json-syntax: A number has no leading zero. If this is an account ID, put it in double quotes.`,
	`1.`,
	`^^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`-`,
	`^ 1:1 json-syntax: This is not JSON. It begins with {, or with [ where it is a list.`,
	`{"a":+1}`,
	`     ^^ 1:6 json-syntax: This is not a JSON number. Write it in double quotes, or as digits such as 10 or 0.5.`,
	`{"a":.5}`,
	`     ^^ 1:6 json-syntax: This is not a JSON number. Write it in double quotes, or as digits such as 10 or 0.5.`,
	`[1e]`,
	` ^^ 1:2 json-syntax: This is not a JSON number. Write it in double quotes, or as digits such as 10 or 0.5.`,
	`{"a":0x1}`,
	`      ^ 1:7 json-syntax: A comma is missing before this.`,

	// Escapes.
	`{"a":"\q"}`,
	`      ^^ 1:7 json-syntax: JSON has no such escape. Write \\ for a backslash, and \u with four hexadecimal digits for a character.`,
	`{"a":"\u12"}`,
	`      ^^ 1:7 json-syntax: JSON has no such escape. Write \\ for a backslash, and \u with four hexadecimal digits for a character.`,
	`{"a":"C:\dir"}`,
	`        ^^ 1:9 json-syntax: JSON has no such escape. Write \\ for a backslash, and \u with four hexadecimal digits for a character.`,

	// Control characters and invisible ones.
	"{\"a\":\"x\ty\"}",
	`       ^ 1:8 json-syntax: There is a tab in this string. Write \t, or remove it.`,
	"{\"a\":\"x\x01\"}",
	`       ^ 1:8 json-syntax: There is a control character (U+0001) in this string. Remove it.`,
	"{\"a\":\"x\x00\"}",
	`       ^ 1:8 json-syntax: There is a control character (U+0000) in this string. Remove it.`,
	"{\x00}",
	` ^ 1:2 json-syntax: There is an invisible or broken character here (U+0000). Remove it, or write a plain space.`,
	"\x00",
	`^ 1:1 json-syntax: There is an invisible or broken character here (U+0000). Remove it, or write a plain space.`,
	"{\x01}",
	` ^ 1:2 json-syntax: There is an invisible or broken character here (U+0001). Remove it, or write a plain space.`,
	"\x1b[0m{}",
	`^ 1:1 json-syntax: There is an invisible or broken character here (U+001B). Remove it, or write a plain space.`,
	"\ufeff{}",
	`^ 1:1 json-syntax: There is an invisible or broken character here (U+FEFF). Remove it, or write a plain space.`,
	"\u00a0{}",
	`^ 1:1 json-syntax: There is an invisible or broken character here (U+00A0). Remove it, or write a plain space.`,
	"{\"a\":1\u00a0}",
	`      ^ 1:7 json-syntax: There is an invisible or broken character here (U+00A0). Remove it, or write a plain space.`,
	"{\u200b}",
	` ^ 1:2 json-syntax: There is an invisible or broken character here (U+200B). Remove it, or write a plain space.`,

	// UTF-8 and UTF-16.
	"{\"a\":\"\xff\"}",
	`      ^ 1:7 invalid-utf8: This byte is not UTF-8. Save the policy as UTF-8 and paste it again.`,
	"\xff",
	`^ 1:1 invalid-utf8: This byte is not UTF-8. Save the policy as UTF-8 and paste it again.`,
	"{\xff}",
	` ^ 1:2 invalid-utf8: This byte is not UTF-8. Save the policy as UTF-8 and paste it again.`,
	"{\"a\":\"\xc0\xaf\"}",
	`      ^ 1:7 invalid-utf8: This byte is not UTF-8. Save the policy as UTF-8 and paste it again.`,
	"{\"é\":1,\n\"é\":\"\xed\xa0\x80\"}",
	`     ^ 2:6 invalid-utf8: This byte is not UTF-8. Save the policy as UTF-8 and paste it again.
^^^ 2:1 duplicate-name: “é” is here already, on line 1. An object has each name once: merge the two.`,
	`{"a":"\ud800"}`,
	`      ^^^^^^ 1:7 lone-surrogate: This escape is half of a pair and not a character. Write the character itself.`,
	`{"a":"\udc00x"}`,
	`      ^^^^^^ 1:7 lone-surrogate: This escape is half of a pair and not a character. Write the character itself.`,
	`{"a":"\ud800\u0041"}`,
	`      ^^^^^^ 1:7 lone-surrogate: This escape is half of a pair and not a character. Write the character itself.`,
	`{"a":"\ud83d\ude00\ud83d"}`,
	`                  ^^^^^^ 1:19 lone-surrogate: This escape is half of a pair and not a character. Write the character itself.`,
	`{"a":"\\ud800\ud800"}`,
	`             ^^^^^^ 1:14 lone-surrogate: This escape is half of a pair and not a character. Write the character itself.`,

	// Names given twice.
	`{"a":1,"a":2}`,
	`       ^^^ 1:8 duplicate-name: “a” is here already, on line 1. An object has each name once: merge the two.`,
	`{"Version":1,"\u0056ersion":2}`,
	`             ^^^^^^^^^^^^^^ 1:14 duplicate-name: “Version” is here already, on line 1. An object has each name once: merge the two.`,
	"{\"a\":{\"b\":1,\n\"b\":2},\n\"a\":3}",
	`^^^ 2:1 duplicate-name: “b” is here already, on line 1. An object has each name once: merge the two.
^^^ 3:1 duplicate-name: “a” is here already, on line 1. An object has each name once: merge the two.`,
	`{"a":1,"a":2,"a":3}`,
	`       ^^^ 1:8 duplicate-name: “a” is here already, on line 1. An object has each name once: merge the two.
             ^^^ 1:14 duplicate-name: “a” is here already, on line 1. An object has each name once: merge the two.`,
}

func TestBrokenJSON(t *testing.T) {
	for i := 0; i < len(brokenJSON); i += 2 {
		text, want := brokenJSON[i], brokenJSON[i+1]
		_, problems := policy.ParseJSON("section", text)
		if got := report(text, problems, true); got != want {
			t.Errorf("got, want\n%s\n%s\n%s", text, got, want)
		}
	}
}
