/** Lint: rules over bound segments, definitions and pages, and the comments that switch them off. */
import { allFindings, type FindingInfo } from '../findings/registry.ts';
import type { RuleInfo } from './rule.ts';
import { rules } from './rules/index.ts';

export { concernsDefinition, lintDefinition, lintPage, lintSegment } from './run.ts';
export { suppress, type Commented } from './suppress.ts';
export { mayDirect, readDirective, type Directive, type DirectiveWord } from './directives.ts';
export type * from './context.ts';

/** Every kind of finding by id, those of the registry and the lint rules, for documentation, settings and command line. */
export const allRules: ReadonlyMap<string, FindingInfo & Partial<RuleInfo>> = new Map<string, FindingInfo & Partial<RuleInfo>>([
  ...allFindings, ...rules.map((it) => [it.id, it] as const),
]);
