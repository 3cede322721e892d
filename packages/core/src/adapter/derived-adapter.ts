/** What the tool derived between two neighbouring releases, as data: a server needs no compatibility engine for it. */
import type { AdapterStep, Pointer } from "./step.ts";

/** How the calls of one procedure are converted, without anybody having written it. */
export interface DerivedConversion {
  /** What makes the newer request, or item of it, of the older one. Default: it fits as it is. */
  readonly request?: readonly AdapterStep[];
  /** What makes the older response, or item of it, of the newer one. Default: it fits once it is projected. */
  readonly response?: readonly AdapterStep[];
  /** What the newer release does not hear of an older request, as pointers into that. Default: it hears all. */
  readonly lost?: readonly Pointer[];
}

/** Between two neighbouring releases: every procedure of the older one that changed and needs nobody to write for it. */
export interface DerivedAdapter {
  /** The older release. */
  readonly from: string;
  /** The release right after it. */
  readonly to: string;
  readonly procedures: { readonly [procedure: string]: DerivedConversion };
}
