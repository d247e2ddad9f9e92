/** A folder for what the processes of tests make for all of their files: removed when the last of them has ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly scratch: string;
  }
}

export function setup(project: TestProject): () => void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'dax-metrics-tests-'));
  project.provide('scratch', scratch);
  return () => rmSync(scratch, { recursive: true, force: true });
}
