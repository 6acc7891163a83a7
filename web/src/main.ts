// The order matters: the small elements are defined before the app draws them.
import "./answer-view";
import "./combination-tables";
import "./folder-head";
import "./policy-card";
import "./request-fields";
import "./gallery/scenario-gallery";
import "./import/import-box";
import "./scenario-notes";
import "./share/kept-drafts";
import "./share/share-box";
import "./why403-app";
