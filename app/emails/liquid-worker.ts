/**
 * What runs in the worker thread, as text: a thread that must be found as a file would need its own entry in every bundle.
 * Plain JavaScript; `workerData.liquid` is where liquidjs lies.
 */
export const liquidWorkerSource = `
const { parentPort, workerData } = require('node:worker_threads');
const { Liquid } = require(workerData.liquid);

const options = {
  strictVariables: true,   // a placeholder nothing can fill is an error, never a gap in a customer's mail
  strictFilters: true,
  ownPropertyOnly: true,   // {{ x.constructor }} is undefined
  templates: {},           // {% include %} and {% render %} find nothing: no files
  parseLimit: 500000,      // characters
  renderLimit: 500,        // milliseconds
  memoryLimit: 5000000,    // liquidjs's own count of what a render allocates
};
const html = new Liquid({ ...options, outputEscape: 'escape' });
const plain = new Liquid(options);
// liquidjs lets "raw" bypass the escaping. Values come from customers, so here it changes nothing.
html.registerFilter('raw', (value) => value);

function fill(engine, parsed, vars) {
  return engine.renderSync(parsed, vars);
}

parentPort.on('message', ({ template, items, inspect }) => {
  try {
    const subject = plain.parse(template.subject);
    const body = html.parse(template.html);
    const text = plain.parse(template.text);
    const results = items.map((vars) => {
      try {
        return { subject: fill(plain, subject, vars), html: fill(html, body, vars), text: fill(plain, text, vars) };
      } catch (error) {
        return { error: String(error && error.message) };
      }
    });
    const used = inspect
      ? [...new Set([template.subject, template.html, template.text].flatMap((part) => plain.globalVariableSegmentsSync(part).map((path) => path.join('.'))))]
      : [];
    parentPort.postMessage({ results, used });
  } catch (error) {
    parentPort.postMessage({ failure: String(error && error.message) });
  }
});
`;
