// What the first paint does without. It is fetched beside the engine, which is
// larger and without which there is no answer to draw. Until then its elements
// are there, empty or with the button that they will draw.
import "../styles/gallery.css";
import "../styles/import.css";
import "../answer/answer-view";
import "./folder-head";
import "../gallery/scenario-gallery";
import "../import/import-box";
import "../share/kept-drafts";
import "../share/share-box";
