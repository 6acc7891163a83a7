package main

import (
	"fmt"
	"slices"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/catalogue/operations"
)

// addTables adds what the package doesn't have. A row about something that
// isn't there any more is an error.
func addTables(services map[string]*catalogue.Service) error {
	for row := range operations.All {
		if err := addOperation(services, row); err != nil {
			return err
		}
	}
	for _, row := range permissionOnly {
		if err := mark(services, row, func(a *catalogue.Action) { a.PermissionOnly = true }); err != nil {
			return err
		}
	}
	for _, row := range withoutResourceAccount {
		if err := mark(services, row, func(a *catalogue.Action) { a.NoResourceAccount = true }); err != nil {
			return err
		}
	}
	for _, prefix := range withoutPolicies {
		if services[prefix] == nil {
			return fmt.Errorf("there is no service %s", prefix)
		}
		services[prefix].NoPolicies = true
	}
	return nil
}

// addOperation takes a row into the data of its service.
func addOperation(services map[string]*catalogue.Service, row operations.Row) error {
	service := services[row.Prefix]
	if service == nil {
		return fmt.Errorf("there is no service %s", row.Prefix)
	}
	o := catalogue.Operation{Name: row.Name}
	for _, action := range row.Actions {
		name, sometimes := strings.CutSuffix(action, "?")
		if spelling(services, name) != name {
			return fmt.Errorf("the operation %s:%s: there is no action %s", row.Prefix, o.Name, name)
		}
		if sometimes {
			o.Sometimes = append(o.Sometimes, name)
		} else {
			o.Always = append(o.Always, name)
		}
	}
	if service.Operation(o.Name) != nil {
		return fmt.Errorf("the operation %s:%s is there twice", row.Prefix, o.Name)
	}
	service.Operations = append(service.Operations, o)
	byName(service.Operations, func(o *catalogue.Operation) string { return o.Name })
	return nil
}

// mark changes the actions of a row: one, or with * all of a service.
func mark(services map[string]*catalogue.Service, row string, change func(*catalogue.Action)) error {
	prefix, name, _ := strings.Cut(row, ":")
	service := services[prefix]
	switch {
	case service == nil:
		return fmt.Errorf("there is no action %s", row)
	case name == "*":
		for i := range service.Actions {
			change(&service.Actions[i])
		}
		return nil
	case !slices.ContainsFunc(service.Actions, func(a catalogue.Action) bool { return a.Name == name }):
		return fmt.Errorf("there is no action %s", row)
	}
	change(service.Action(name))
	return nil
}

// fields is the words of a table.
func fields(text string) []string { return strings.Fields(text) }

// withoutResourceAccount is the actions whose requests have no
// aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceOrgPaths. EventBridge's
// PutEvents is not here: only old targets in other accounts lack the keys.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
var withoutResourceAccount = fields(`
	auditmanager:UpdateAssessmentFrameworkShare
	detective:AcceptInvitation
	ds:AcceptSharedDirectory
	ebs:*
	ec2:AcceptTransitGatewayPeeringAttachment
	ec2:AcceptVpcEndpointConnections
	ec2:AcceptVpcPeeringConnection
	ec2:CreateTransitGatewayPeeringAttachment
	ec2:CreateVpcEndpoint
	ec2:CreateVpcPeeringConnection
	guardduty:AcceptAdministratorInvitation
	macie2:AcceptInvitation
	es:AcceptInboundConnection
	route53:AssociateVPCWithHostedZone
	route53:CreateVPCAssociationAuthorization
	securityhub:AcceptAdministratorInvitation
`)
