// vite.config.js turns Go's loader into a function of the object that it takes
// for the global one.
declare module "*?scoped" {
  interface GoProgram {
    importObject: WebAssembly.Imports;
    env: Record<string, string>;
    run(instance: WebAssembly.Instance): Promise<void>;
  }
  /** Gives the constructor of a program. */
  export default function loader(scope: object): new () => GoProgram;
}
