// The order matters: the small elements are defined before the app draws them.
import "./answer-view";
import "./combination-tables";
import "./example-list";
import "./policy-card";
import "./request-fields";
import "./scenario-file";
import "./why403-app";
