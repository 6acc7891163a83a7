/** Said of any part of the page that comes later and does not: the network is gone, or a newer page took its place. */
export const UNFETCHED = "A part of this page could not be fetched. Reload the page; what you typed is kept.";
