// The published formulas of the session metrics: right as they stand in their models, but for the one misspelt name.
import { describe, expect, it } from 'vitest';
import { bindText, check, fixed } from '../support/analysis.ts';
import { check as checkRules } from '../support/lint.ts';
import { modelOf } from '../support/models.ts';

const closurereason = { 192350000: 'AgentClosed', 192350001: 'AgentReject', 192350002: 'AgentTimeout' };
const state = { 192350000: 'Open', 192350001: 'Wrap-up', 192350002: 'Closed' };

const historical = modelOf({
  name: 'historical',
  tables: {
    FactSession: { columns: { SessionId: 'string key', Closurereason: 'string choice:closurereason', IsAgentSession: 'boolean', IsOutbound: 'boolean' } },
    FactSessionParticipant: { columns: { SessionId: 'string', LeftOnReason: 'string' } },
  },
  choices: { closurereason, state },
});

const realtime = modelOf({
  name: 'realtime',
  tables: {
    FactSession: { columns: { SessionId: 'string key', SessionClosureReasonCode: 'int64 choice:closurereason', SessionStateCode: 'int64 choice:state' } },
    FactSessionParticipant: { columns: { SessionId: 'string', LeftOnReason: 'string' } },
  },
  choices: { closurereason, state },
});

const rejected = `Sessions rejected = CALCULATE(DISTINCTCOUNT(FactSession[SessionId]), FactSession[IsAgentSession], FactSession[Closurereason]
= "192350001")`;
const rejectedRealtime = `Sessions rejected = SUMX(FactSessionParticipant,

IF (FactSessionParticipant[LeftOnReason] ==
"AgentReject", 1, 0))`;
const incoming = 'Incoming sessions_FactSession = CALCULATE(DISTINCTCOUNT(FactSession[SessionId]), FactSession[IsAgentSession], FactSession[IsOutbound] <> TRUE)';
const rejectedRate = 'Session rejected rate = DIVIDE(IF ([Sessions rejected] = BLANK (), 0, [Sessions rejected]), [Incoming essions_FactSession], BLANK()) ';
const rejectionRate = 'Session rejection rate = DIVIDE ( SUMX ( FactSession, IF ( FactSession[SessionClosureReasonCode] == 192350001, 1, 0 ) ), SUMX (FactSession, IF (FactSession[SessionStateCode] == 192350002, 1, BLANK () ) ), BLANK ())';

describe('historical', () => {
  it('sessions rejected, and incoming sessions', () => {
    const { bounds } = check(`${rejected}\n\n${incoming}`, historical);
    expect(bounds.flatMap((it) => it.codes.map((code) => code.option?.label))).toEqual(['AgentReject']);
  });

  it('the rate names a metric that is misspelt', () => {
    check(`${rejected}
${incoming}
${rejectedRate}
${' '.repeat(92)}${'^'.repeat(30)} error[unknown-measure]: Nothing named [Incoming essions_FactSession] is known here. Did you mean [Incoming sessions_FactSession]?`, historical);
  });

  it('its fix makes it right', () => {
    const text = fixed(`${rejected}\n${incoming}\n${rejectedRate}`, historical);
    expect(text).toContain(', [Incoming sessions_FactSession], BLANK())');
    expect(bindText(text, historical).findings).toEqual([]);
  });

  it('codes of the other model are told apart', () => {
    checkRules(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = 192350001)
                                                                         ^^^^^^^^^ error[code-type]: FactSession[Closurereason] holds text. Write "192350001".
    `, historical);
  });
});

describe('real-time', () => {
  it('sessions rejected and the rejection rate', () => {
    const { bounds } = check(`${rejectedRealtime}\n\n${rejectionRate}`, realtime);
    expect(bounds.flatMap((it) => it.codes.map((code) => `${code.column.name} ${code.option?.label ?? ''}`))).toEqual([
      'SessionClosureReasonCode AgentReject', 'SessionStateCode Closed',
    ]);
  });

  it('a formula of the historical model names columns that are not there', () => {
    check(`
      M = CALCULATE(DISTINCTCOUNT(FactSession[SessionId]), FactSession[IsAgentSession])
                                                                      ^^^^^^^^^^^^^^^^ error[unknown-column]: The table FactSession has no column or measure [IsAgentSession].
    `, realtime);
  });
});
