// The order matters: the small elements are defined before the app draws them.
import "./policy/policy-card";
import "./policy/policy-list";
import "./request/request-fields";
import "./page/scenario-notes";
import "./import/start-box";
import "./page/why403-app";
import { showTheme, theme } from "./state/preferences";

showTheme(theme());
