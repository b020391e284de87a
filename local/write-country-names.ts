import { writeFile } from 'node:fs/promises';
import { buildCountryNamesModule } from './country-names/build-country-names.ts';

await writeFile(new URL('../shared/parsing/country-names.ts', import.meta.url), buildCountryNamesModule());
