// The suites, in the order in which they run.
import './start.ts';
import './values.ts';
import './findings.ts';
import './hover.ts';
import './preview.ts';
import './reading.ts';
import './writing.ts';
import './editing.ts';
import './testing.ts';
import './results.ts';
import './firstMinutes.ts';
import './crash.ts';
