// Cancellations of evaluations over a million rows, with the times they took: node test/engine/long.mjs
import { runLong } from '../longRun.mjs';

runLong('engine', ['test/engine/cancel.test.ts', 'test/host/cancelWorker.test.ts', '--testTimeout', '900000', '--hookTimeout', '900000'], { DAX_METRICS_LONG: '1' });
