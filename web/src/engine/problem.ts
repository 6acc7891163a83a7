import type { Problem } from "./contract";

/** True for a problem that keeps the engine from answering. */
export function isError(problem: Pick<Problem, "severity">): boolean {
  return problem.severity !== "warning";
}
