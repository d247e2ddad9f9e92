// The semantic suite over an unreliable engine, every text in many rounds: node test/seam/long.mjs [rounds]
import { runLong } from '../longRun.mjs';

runLong('seam', ['test/seam', '--testTimeout', '600000'], { DAX_METRICS_SEAM_ROUNDS: process.argv[2] ?? '5' });
