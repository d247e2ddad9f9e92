/** What a lint rule is: a value with its documentation, its messages and its checks. */
import type { Span } from '../base/spans.ts';
import type { Category, Finding, Severity } from '../findings/finding.ts';
import { findingOf, type FindingExtras, type FindingInfo } from '../findings/registry.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import type { DefinitionContext, ModelWhole, PageContext, SegmentContext } from './context.ts';

/** Messages by name; a rule with one message calls it `default`. Each is one or two full sentences, the way out included. */
type Messages = Readonly<Record<string, (params: never) => string>>;

/** Reports a finding: which message, its parameters, where. */
export type Report<M extends Messages> = <K extends keyof M & string>(
  message: K, params: ParamsOf<M[K]>, span: Span, extras?: FindingExtras,
) => void;

type ParamsOf<F> = F extends () => string ? Record<never, never> : F extends (params: infer P) => string ? P : never;

interface RuleSpec<M extends Messages> {
  /** Kebab case; also the name of the file and of the rule's page. */
  readonly id: string;
  readonly category: Category;
  /** Default severity; a project file may change it. */
  readonly severity: Severity;
  /** One paragraph: what it means and what to do. */
  readonly help: string;
  /** DAX (of a page rule: Markdown) that has the fault, and the same without it; tests hold both to their word. */
  readonly bad: string;
  readonly good: string;
  /** What the model of the examples has to say besides, as lines of a model file. */
  readonly exampleModel?: string;
  readonly messages: M;
  /** Over one bound segment in one model; spans are relative to the segment. Kept until the segment is bound again. */
  readonly segment?: (ctx: SegmentContext, report: Report<M>) => void;
  /** Over a metric's definition and the whole model; spans are relative to the definition's segment. */
  readonly definition?: (ctx: DefinitionContext, report: Report<M>) => void;
  /**
   * Whether `definition` may have something to say of a metric: a quick look, since after an edit every definition of the
   * file is looked at again. Absent: it may of any.
   */
  readonly concerns?: (symbol: MeasureSymbol, whole: ModelWhole) => boolean;
  /** Over a Markdown page; spans are offsets in the page. */
  readonly page?: (ctx: PageContext, report: Report<M>) => void;
}

/** A rule's documentation. */
export interface RuleInfo extends FindingInfo {
  readonly id: string;
  readonly bad: string;
  readonly good: string;
  readonly exampleModel?: string;
}

type Emit = (it: Finding) => void;

/** A rule as the runner sees it: messages and parameters are no longer told apart by type. */
export interface Rule<M extends Messages = Messages> extends RuleInfo {
  /** For findings that the runner itself makes. */
  readonly reporter: (emit: Emit) => Report<M>;
  readonly segment?: (ctx: SegmentContext, emit: Emit) => void;
  readonly definition?: (ctx: DefinitionContext, emit: Emit) => void;
  readonly concerns?: (symbol: MeasureSymbol, whole: ModelWhole) => boolean;
  readonly page?: (ctx: PageContext, emit: Emit) => void;
}

/** Defines a rule; the messages' parameters are checked where they are reported. */
export function defineRule<const M extends Messages>(spec: RuleSpec<M>): Rule<M> {
  const { id, category, severity, help, bad, good } = spec;
  const reporter = (emit: Emit): Report<M> => (message, params, span, extras) => {
    const write = spec.messages[message] as (params: unknown) => string;
    emit(findingOf<unknown>(id, { category, severity, message: write }, params, span, extras));
  };
  const { segment, definition, concerns, page } = spec;
  return {
    id, category, severity, help, bad, good, reporter,
    ...(spec.exampleModel === undefined ? {} : { exampleModel: spec.exampleModel }),
    ...(segment === undefined ? {} : { segment: (ctx: SegmentContext, emit: Emit) => segment(ctx, reporter(emit)) }),
    ...(definition === undefined ? {} : { definition: (ctx: DefinitionContext, emit: Emit) => definition(ctx, reporter(emit)) }),
    ...(concerns === undefined ? {} : { concerns }),
    ...(page === undefined ? {} : { page: (ctx: PageContext, emit: Emit) => page(ctx, reporter(emit)) }),
  };
}
