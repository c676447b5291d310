// Acceptance files, read by the parser of Cucumber.

import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator } from '@cucumber/messages';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';

/** Reads a text; what the parser says against it is an error. */
export function parse(text) {
    return new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher()).parse(text);
}

/** Every acceptance file of the designs: it parses, its steps are complete, and each operation that somebody may call is in one. */
export function acceptance(designs) {
    const faults = [];
    let files = 0;
    for (const { name, tree, model } of designs) {
        const folder = path.join(tree, 'acceptance');
        const called = new Set();
        for (const file of existsSync(folder) ? readdirSync(folder) : []) {
            files += 1;
            try {
                const { feature } = parse(readFileSync(path.join(folder, file), 'utf8'));
                for (const { scenario } of feature.children) {
                    const keywords = scenario.steps.map(({ keyword }) => keyword.trim());
                    if (!['Given', 'When', 'Then'].every((keyword) => keywords.includes(keyword))) {
                        faults.push(`${name}: ${file}: ${scenario.name} is not complete`);
                    }
                    scenario.steps.filter(({ keyword }) => keyword.trim() === 'When').forEach(({ text }) => called.add(text.replace('they call ', '')));
                }
            } catch (error) {
                faults.push(`${name}: ${file}: ${error.message}`);
            }
        }
        const granted = new Set(model.security.authorization.map(({ operation }) => operation));
        const tables = new Set(model.database.tables.map(({ entity }) => entity));
        for (const { id, method, path: url, entity } of model.api.operations) {
            if (granted.has(id) && entity && tables.has(entity) && !called.has(`${method} ${url}`)) {
                faults.push(`${name}: ${id} is in no scenario`);
            }
        }
    }
    return { files, faults };
}
