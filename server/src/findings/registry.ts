/**
 * The registry of findings: id, category, severity, typed parameters, message and help.
 *
 * No other file holds message text. Each category has a file; a rule is added there and can be reported everywhere.
 */
import type { Span } from '../base/spans.ts';
import type { Category, Finding, Fix, RelatedPlace, Severity } from './finding.ts';
import { codeFindings } from './codes.ts';
import { documentationFindings } from './documentation.ts';
import { expectationFindings } from './expectations.ts';
import { modelFindings } from './models.ts';
import { referenceFindings } from './references.ts';
import { syntaxFindings } from './syntax.ts';
import { typeFindings } from './types.ts';

/** What a finding is, before it is reported at a place. */
export interface FindingKind<P> {
  readonly category: Category;
  readonly severity: Severity;
  /** The message for its parameters: one or two full sentences, the way out included. */
  readonly message: (params: P) => string;
  /** One paragraph for the rule's page: what it means and what to do. */
  readonly help: string;
}

const registry = {
  ...syntaxFindings,
  ...referenceFindings,
  ...typeFindings,
  ...codeFindings,
  ...documentationFindings,
  ...expectationFindings,
  ...modelFindings,
};

export type FindingId = keyof typeof registry;
export type FindingParams<I extends FindingId> = Parameters<(typeof registry)[I]['message']>[0];

export interface FindingExtras {
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  readonly tag?: 'unnecessary' | 'deprecated';
  readonly severity?: Severity;
}

/**
 * Makes a finding.
 *
 * @param rule the registry's key
 * @param params the message's parameters, checked against the registry
 * @param span where it stands, in the text that was examined
 */
export function finding<I extends FindingId>(
  rule: I, params: FindingParams<I>, span: Span, extras: FindingExtras = {},
): Finding {
  return findingOf(rule, registry[rule] as FindingKind<FindingParams<I>>, params, span, extras);
}

/**
 * Makes a finding of a kind that stands in no category file: a lint rule's.
 *
 * @param rule the id under which the kind is known
 */
export function findingOf<P>(rule: string, kind: Omit<FindingKind<P>, 'help'>, params: P, span: Span, extras: FindingExtras = {}): Finding {
  return {
    rule,
    category: kind.category,
    severity: extras.severity ?? kind.severity,
    span,
    message: kind.message(brief(params)),
    fixes: extras.fixes ?? [],
    ...(extras.related === undefined ? {} : { related: extras.related }),
    ...(extras.tag === undefined ? {} : { tag: extras.tag }),
  };
}

/** Characters of a name or a text that a message carries; hostile ones have millions. */
const longest = 200;

function brief<P>(params: P): P {
  const entries = Object.entries(params as object);
  if (!entries.some(([, it]) => typeof it === 'string' && it.length > longest)) return params;
  return Object.fromEntries(entries.map(([key, it]: [string, unknown]) =>
    [key, typeof it === 'string' && it.length > longest ? `${it.slice(0, longest - 1)}…` : it])) as P;
}

/** What documentation and settings know of a kind of finding. */
export interface FindingInfo {
  readonly category: Category;
  readonly severity: Severity;
  readonly help: string;
}

/** The kinds of this registry. Lint rules have their own table, `lint/index.ts`, which joins both. */
export const allFindings: ReadonlyMap<string, FindingInfo> = new Map(Object.entries(registry));
