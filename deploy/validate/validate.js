// Validates the templates beside this folder with AWS's own schemas and rules, offline.
'use strict';

const fs = require('fs');
const path = require('path');
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate');

// That a property cannot be changed in place is a fact to know, not a fault of the template.
const NOTICES = ['I9001'];

const folder = path.join(__dirname, '..');
const templates = fs.readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort();
const engine = new RegoEngine();
let findings = 0;
for (const name of templates) {
  const file = new TemplateFile(path.join(folder, name));
  for (const found of engine.validateStandard(file).diagnostics) {
    if (!NOTICES.includes(found.ruleId)) {
      findings += 1;
      console.error(`${name}:${found.startLine} ${found.severity} ${found.ruleId} ${found.message}`);
    }
  }
}
engine.free();
console.log(`${templates.length} templates, ${findings} findings`);
process.exit(findings === 0 && templates.length > 0 ? 0 : 1);
