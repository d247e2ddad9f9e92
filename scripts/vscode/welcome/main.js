// Opens the walkthrough in the first window of a profile.
const { commands } = require('vscode');

exports.activate = async ({ globalState }) => {
  if (globalState.get('welcomed') === true) return;
  await globalState.update('welcomed', true);
  await commands.executeCommand('workbench.action.openWalkthrough', 'dax-metrics.dax-metrics#start', false);
};
