package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"why403/engine/catalogue"
)

// The package's files, as far as they are needed here.
type (
	actionFile map[string]struct {
		Name             string
		AccessLevel      string
		ResourceTypes    []useEntry
		ConditionKeys    []string
		DependentActions []string
		IsPermissionOnly bool // the earlier version alone has it
	}
	useEntry struct {
		Name             string
		Required         bool
		ConditionKeys    []string
		DependentActions []string
	}
	typeFile map[string]struct {
		Key           string
		ARN           string
		ConditionKeys []string
	}
	keyFile map[string]struct{ Key, Type string }
)

// source reads the files of one version of the package. The first error stays.
type source struct {
	folder string
	err    error
}

func (s *source) read(name string, into any) {
	if s.err != nil {
		return
	}
	text, err := os.ReadFile(filepath.Join(s.folder, name))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		s.err = fmt.Errorf("%s: %w", name, err)
	}
}

func (s *source) version() string {
	var v struct{ Version string }
	s.read("package.json", &v)
	return v.Version
}

// read makes all services of the package.
func read(from, dependent string) (*made, error) {
	current, earlier := &source{folder: from}, &source{folder: dependent}
	m := &made{version: current.version() + " " + earlier.version(), texts: map[string]string{}}
	var rcp []string
	var names map[string]string
	current.read("data/services.json", &m.prefixes)
	current.read("data/serviceNames.json", &names)
	current.read("data/rcpSupportedServices.json", &rcp)
	slices.Sort(m.prefixes)
	services := map[string]*catalogue.Service{}
	for _, prefix := range m.prefixes {
		services[prefix] = current.service(prefix, names[prefix])
		services[prefix].RCP = slices.Contains(rcp, prefix)
	}
	if current.err != nil {
		return nil, current.err
	}
	var known []string
	earlier.read("data/services.json", &known)
	for _, prefix := range m.prefixes {
		if slices.Contains(known, prefix) {
			earlier.dependent(prefix, services)
		}
	}
	if earlier.err != nil {
		return nil, earlier.err
	}
	if err := addTables(services); err != nil {
		return nil, err
	}
	for _, prefix := range m.prefixes {
		t, err := text(services[prefix])
		if err != nil {
			return nil, err
		}
		m.texts[prefix] = t
	}
	return m, nil
}

// variables gives what varies in keys and ARNs one spelling.
var variables = strings.NewReplacer("<key>", "${TagKey}", "/tag-key", "/${TagKey}", "-{Date", "-${Date")

// byName sorts by name, whatever the case.
func byName[T any](list []T, name func(*T) string) {
	slices.SortFunc(list, func(a, b T) int { return strings.Compare(strings.ToLower(name(&a)), strings.ToLower(name(&b))) })
}

func (s *source) service(prefix, name string) *catalogue.Service {
	var actions actionFile
	var types typeFile
	var keys keyFile
	s.read("data/conditionKeys/"+prefix+".json", &keys)
	s.read("data/resourceTypes/"+prefix+".json", &types)
	s.read("data/actions/"+prefix+".json", &actions)
	service := &catalogue.Service{Prefix: prefix, Name: name}
	for _, k := range keys {
		key, ok := keyTypes[k.Type]
		if !ok {
			s.fail("%s has a key of type %s", prefix, k.Type)
		}
		key.Name = variables.Replace(k.Key)
		service.Keys = append(service.Keys, key)
	}
	byName(service.Keys, func(k *catalogue.Key) string { return k.Name })
	for _, t := range types {
		service.Types = append(service.Types, catalogue.ResourceType{
			Name: t.Key, Forms: strings.Split(variables.Replace(t.ARN), ", "), Keys: s.keys(service, t.ConditionKeys)})
	}
	byName(service.Types, func(t *catalogue.ResourceType) string { return t.Name })
	for _, a := range actions {
		action := catalogue.Action{Name: a.Name, Level: accessLevels[a.AccessLevel], Keys: s.keys(service, a.ConditionKeys)}
		for _, use := range a.ResourceTypes {
			action.Uses = append(action.Uses, catalogue.Use{
				Type: s.resourceType(service, use.Name), Required: use.Required, Keys: s.keys(service, use.ConditionKeys)})
		}
		service.Actions = append(service.Actions, action)
	}
	byName(service.Actions, func(a *catalogue.Action) string { return a.Name })
	return service
}

var accessLevels = map[string]catalogue.Level{
	"List": catalogue.List, "Read": catalogue.Read, "Write": catalogue.Write,
	"Tagging, Write": catalogue.Tagging, "Permissions management, Write": catalogue.Permissions,
}

var keyTypes = map[string]catalogue.Key{
	"String": {Type: catalogue.String}, "ArrayOfString": {Type: catalogue.String, Multi: true},
	"ARN": {Type: catalogue.ARN}, "ArrayOfARN": {Type: catalogue.ARN, Multi: true},
	"Bool": {Type: catalogue.Bool}, "ArrayOfBool": {Type: catalogue.Bool, Multi: true},
	"Numeric": {Type: catalogue.Numeric}, "Date": {Type: catalogue.Date}, "IPAddress": {Type: catalogue.IP},
}

func (s *source) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
}

// keys finds the keys of the service by their names, in the service's order.
func (s *source) keys(service *catalogue.Service, names []string) (keys []*catalogue.Key) {
	for i := range names {
		names[i] = variables.Replace(names[i])
	}
	for i := range service.Keys {
		if slices.Contains(names, service.Keys[i].Name) {
			keys = append(keys, &service.Keys[i])
		}
	}
	if missing := slices.ContainsFunc(names, func(name string) bool {
		return !slices.ContainsFunc(keys, func(k *catalogue.Key) bool { return k.Name == name })
	}); missing {
		s.fail("%s has no key of %v", service.Prefix, names)
	}
	return keys
}

func (s *source) resourceType(service *catalogue.Service, name string) *catalogue.ResourceType {
	for i := range service.Types {
		if strings.EqualFold(service.Types[i].Name, name) {
			return &service.Types[i]
		}
	}
	s.fail("%s has no resource type %s", service.Prefix, name)
	return nil
}

// dependent adds the dependent actions of a service, and which actions no API
// operation is called like, as far as the actions still are.
func (s *source) dependent(prefix string, services map[string]*catalogue.Service) {
	var actions actionFile
	s.read("data/actions/"+prefix+".json", &actions)
	for _, a := range actions {
		action := services[prefix].Action(a.Name)
		if action == nil {
			continue
		}
		action.PermissionOnly = a.IsPermissionOnly && !slices.Contains(operationsNow, prefix+":"+a.Name)
		all := a.DependentActions
		for _, use := range a.ResourceTypes {
			all = append(all, use.DependentActions...)
		}
		for _, name := range all {
			if name := spelling(services, name); name != "" && !slices.Contains(action.Dependent, name) {
				action.Dependent = append(action.Dependent, name)
			}
		}
		slices.Sort(action.Dependent)
	}
}

// spelling is an action in AWS's spelling, or "" if there is none of that name.
func spelling(services map[string]*catalogue.Service, action string) string {
	prefix, name, _ := strings.Cut(action, ":")
	service := services[strings.ToLower(prefix)]
	if service == nil {
		return ""
	}
	known := service.Action(name)
	if known == nil {
		return ""
	}
	return service.Prefix + ":" + known.Name
}
