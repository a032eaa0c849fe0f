// The linters that pybin itself asks, as functions: whatever they run in. A browser's extension host has the bundled
// one only.

import type { Uri } from 'vscode';
import type { RuffDiagnostic } from '../../shared/lint/ruff.ts';

export type RuffAnswer =
  | {
      readonly kind: 'checked';
      readonly diagnostics: readonly RuffDiagnostic[];
      readonly version: string;
      /** SHA-256 of the configuration in hex; empty where there is none. */
      readonly configurationSha256: string;
    }
  /** Never "clean". The reason is a sentence for a person. */
  | { readonly kind: 'failed'; readonly reason: string };

/** The Ruff that comes with pybin: always there, and it has the same few rules everywhere. */
export interface Ruff {
  /** Checks a text as a module of its own. @throws the signal's reason once it is aborted */
  check(text: string, signal: AbortSignal): Promise<RuffAnswer>;
  dispose(): void;
}

/** The Ruff of a project's environment, with the project's configuration. */
export interface ProjectRuff {
  /** Checks a file as if it lay at its path, saved or not. @throws the signal's reason once it is aborted */
  check(file: LintedFile, signal: AbortSignal): Promise<RuffAnswer>;
}

export interface LintedFile {
  readonly uri: Uri;
  /** One text, or the cells of a notebook. */
  readonly texts: readonly string[];
  readonly isNotebook: boolean;
}

export interface Linters {
  readonly bundled: Ruff;
  /** The one to ask about a file; undefined where it has none, or nothing of its folder may run. */
  getProjectRuff(uri: Uri, signal: AbortSignal): Promise<ProjectRuff | undefined>;
  dispose(): void;
}
