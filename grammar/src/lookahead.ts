/**
 * Which way the parser goes, by one token: a table for each choice, made from the first tokens of what may follow.
 *
 * The library's own analysis looks further and takes a tenth of a second for this grammar; this one takes a few
 * milliseconds. A test holds the two against each other.
 */
import {
  Alternation, NonTerminal, Option, Repetition, RepetitionMandatory, Terminal, type BaseParser, type ILookaheadStrategy,
  type IProduction, type IToken, type Rule, type TokenType,
} from 'chevrotain';

/** What a part of the grammar may begin with. */
interface First {
  readonly types: ReadonlySet<TokenType>;
  readonly mayBeEmpty: boolean;
}

/** The parser, as far as a choice asks it. */
interface Ahead {
  LA(howMuch: number): IToken;
}

const ahead = (parser: BaseParser): number => (parser as unknown as Ahead).LA(1).tokenTypeIdx;

export function firstTokenLookahead(vocabulary: readonly TokenType[]): ILookaheadStrategy {
  const size = Math.max(...vocabulary.map((it) => it.tokenTypeIdx ?? 0)) + 1;
  const ofRules = new Map<Rule, First>();

  const ofRule = (rule: Rule): First => {
    const known = ofRules.get(rule);
    if (known !== undefined) return known;
    const first = ofSequence(rule.definition);
    ofRules.set(rule, first);
    return first;
  };

  const ofSequence = (parts: readonly IProduction[]): First => {
    const types = new Set<TokenType>();
    for (const part of parts) {
      const first = ofPart(part);
      for (const it of first.types) types.add(it);
      if (!first.mayBeEmpty) return { types, mayBeEmpty: false };
    }
    return { types, mayBeEmpty: true };
  };

  const ofPart = (part: IProduction): First => {
    if (part instanceof Terminal) return { types: new Set([part.terminalType]), mayBeEmpty: false };
    if (part instanceof NonTerminal) return ofRule(part.referencedRule);
    if (part instanceof Alternation) {
      const all = part.definition.map((it) => ofSequence(partsOf(it)));
      return { types: new Set(all.flatMap((it) => [...it.types])), mayBeEmpty: all.some((it) => it.mayBeEmpty) };
    }
    const { types, mayBeEmpty } = ofSequence(partsOf(part));
    return { types, mayBeEmpty: mayBeEmpty || part instanceof Option || part instanceof Repetition };
  };

  return {
    validate: () => [],

    buildLookaheadForAlternation({ rule, prodOccurrence }) {
      const choice = find(rule, Alternation, prodOccurrence);
      const ways = new Int16Array(size).fill(-1);
      choice.definition.map((it) => ofSequence(partsOf(it))).forEach(({ types, mayBeEmpty }, way) => {
        for (const idx of mayBeEmpty ? ways.keys() : [...types].flatMap(matches)) if (ways[idx] === -1) ways[idx] = way;
      });
      return function (this: BaseParser) {
        const way = ways[ahead(this)];
        return way === -1 ? undefined : way;
      };
    },

    buildLookaheadForOptional({ rule, prodOccurrence, prodType }) {
      const kind = prodType === 'Option' ? Option : prodType === 'Repetition' ? Repetition : RepetitionMandatory;
      const { types } = ofSequence(find(rule, kind, prodOccurrence).definition);
      const begins = new Uint8Array(size);
      for (const idx of [...types].flatMap(matches)) begins[idx] = 1;
      return function (this: BaseParser) {
        return begins[ahead(this)] === 1;
      };
    },
  };
}

/** The types of tokens that pass for a type: itself, and those of its category. */
const matches = (type: TokenType): readonly number[] => [type.tokenTypeIdx ?? 0, ...(type.categoryMatches ?? [])];

const partsOf = (part: IProduction): readonly IProduction[] => (part as { readonly definition?: readonly IProduction[] }).definition ?? [];

/** The choice of a rule that the parser means by its kind and number. */
function find<P extends { readonly idx: number }>(rule: Rule, kind: new (...args: never[]) => P, idx: number): P {
  const pending = [...rule.definition];
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (part instanceof kind && part.idx === idx) return part;
    if (!(part instanceof NonTerminal)) pending.push(...partsOf(part));
  }
  throw new Error(`no choice ${kind.name} ${String(idx)} in ${rule.name}`);
}
