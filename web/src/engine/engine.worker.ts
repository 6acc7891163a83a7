// Runs the engine off the page's thread.
import { goEngine } from "./go-engine";
import type { ToWorker } from "./worker-messages";

const tell = goEngine((message) => postMessage(message));
addEventListener("message", (event: MessageEvent<ToWorker>) => tell(event.data));
