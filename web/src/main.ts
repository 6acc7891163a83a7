// The order matters: the small elements are defined before the app draws them.
import "./answer/answer-view";
import "./tables/combination-tables";
import "./page/folder-head";
import "./policy/policy-card";
import "./request/request-fields";
import "./gallery/scenario-gallery";
import "./import/import-box";
import "./page/scenario-notes";
import "./share/kept-drafts";
import "./share/share-box";
import "./page/why403-app";
