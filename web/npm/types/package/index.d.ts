import type { Method, Results } from "../engine/contract.js";
export type * from "../engine/contract.js";
/** Where the engine finds its files, where they don't lie beside the module. */
export interface Files {
    /** page.wasm: its bytes or its address. */
    judge?: BufferSource | URL | string;
    /** import.wasm, which the calls import, diagnose, fixes, fillings and block need. */
    importer?: BufferSource | URL | string;
    /** catalogue.json: what AWS knows of its services. "" for none. */
    catalogue?: URL | string;
}
/** The engine can't be had, or broke down over a text. */
export declare class EngineError extends Error {
}
/** Answers scenario files, one call at a time. Its files are read when they are first needed. */
export declare class Engine {
    #private;
    constructor(files?: Files);
    /** The answers to all requests of a scenario file, and its problems. Fails with an EngineError only where the engine breaks. */
    evaluate(text: string): Promise<Results["evaluate"]>;
    /** Any method of the engine. It is told of the services of AWS that the text asks for. */
    call<M extends Method>(method: M, text: string): Promise<Results[M]>;
}
