// `npm run country-names` writes this file.

/**
 * The names of countries in English, French and German: a line per country, with its ISO 3166-1 alpha-2 code and its names.
 * The sources are Unicode's CLDR, ISO 3166-1, and `local/country-names/other-names.ts`.
 */
export const countryNames = `
AD Andorra|Andorre
AE United Arab Emirates|Émirats arabes unis|Vereinigte Arabische Emirate|UAE
AF Afghanistan
AG Antigua & Barbuda
AI Anguilla
AL Albania|Albanie|Albanien
AM Armenia|Arménie|Armenien
AO Angola
AQ Antarctica|Antarctique|Antarktis
AR Argentina|Argentine|Argentinien
AS American Samoa|Samoa américaines|Amerikanisch-Samoa
AT Austria|Autriche|Österreich|Republic of Austria|République d’Autriche|Republik Österreich
AU Australia|Australie|Australien
AW Aruba
AX Åland Islands|Îles Åland|Ålandinseln
AZ Azerbaijan|Azerbaïdjan|Aserbaidschan
BA Bosnia & Herzegovina|Bosnia|Bosnie-Herzégovine|Bosnien und Herzegowina|Bosnie|Bosnien|Bosnia-Hercegovina
BB Barbados|Barbade
BD Bangladesh|Bangladesch
BE Belgium|Belgique|Belgien|Kingdom of Belgium|Royaume de Belgique|Königreich Belgien
BF Burkina Faso
BG Bulgaria|Bulgarie|Bulgarien
BH Bahrain|Bahreïn
BI Burundi
BJ Benin
BL St. Barthélemy
BM Bermuda|Bermudes
BN Brunei|Brunei Darussalam
BO Bolivia|Bolivie|Bolivien|Bolivia, Plurinational State of
BQ Caribbean Netherlands|Pays-Bas caribéens|Karibische Niederlande|Bonaire, Sint Eustatius and Saba
BR Brazil|Brésil|Brasilien
BS Bahamas
BT Bhutan|Bhoutan
BV Bouvet Island|Île Bouvet|Bouvetinsel
BW Botswana|Botsuana
BY Belarus|Biélorussie|Weißrussland|Republic of Belarus|Republik Belarus
BZ Belize
CA Canada|Kanada
CC Cocos (Keeling) Islands|Cocos Islands|Îles Cocos|Kokosinseln
CD Congo - Kinshasa|Kongo-Kinshasa|Congo, Democratic Republic of the|DR Congo|RD Congo|DR Kongo|République démocratique du Congo|Demokratische Republik Kongo|Zaire
CF Central African Republic|République centrafricaine|Zentralafrikanische Republik
CG Congo - Brazzaville|Kongo-Brazzaville|Republic of the Congo|République du Congo|Republik Kongo
CH Switzerland|Suisse|Schweiz|Swiss Confederation|Confédération suisse|Schweizerische Eidgenossenschaft
CI Côte d’Ivoire|Ivory Coast|Elfenbeinküste
CK Cook Islands|Îles Cook|Cookinseln
CL Chile|Chili
CM Cameroon|Cameroun|Kamerun
CN China|Chine|People’s Republic of China|République populaire de Chine|Volksrepublik China|VR China
CO Colombia|Colombie|Kolumbien
CR Costa Rica
CU Cuba|Kuba
CV Cape Verde|Cap-Vert|Cabo Verde|Kap Verde
CW Curaçao
CX Christmas Island|Île Christmas|Weihnachtsinsel
CY Cyprus|Chypre|Zypern
CZ Czechia|Tchéquie|Tschechien|Czech Republic|République tchèque|Tschechische Republik
DE Germany|Allemagne|Deutschland|Federal Republic of Germany|République fédérale d’Allemagne|Bundesrepublik Deutschland
DJ Djibouti|Dschibuti
DK Denmark|Danemark|Dänemark
DM Dominica|Dominique
DO Dominican Republic|République dominicaine|Dominikanische Republik
DZ Algeria|Algérie|Algerien
EC Ecuador|Équateur
EE Estonia|Estonie|Estland
EG Egypt|Égypte|Ägypten
EH Western Sahara|Sahara occidental|Westsahara
ER Eritrea|Érythrée
ES Spain|Espagne|Spanien|Kingdom of Spain|Royaume d’Espagne|Königreich Spanien
ET Ethiopia|Éthiopie|Äthiopien
FI Finland|Finlande|Finnland
FJ Fiji|Fidji|Fidschi
FK Falkland Islands|Îles Malouines|Falklandinseln|Falkland Islands (Malvinas)|Malvinas
FM Micronesia|Micronésie|Mikronesien|Micronesia, Federated States of
FO Faroe Islands|Îles Féroé|Färöer
FR France|Frankreich|French Republic|République française|Französische Republik
GA Gabon|Gabun
GB United Kingdom|Royaume-Uni|Vereinigtes Königreich|United Kingdom of Great Britain and Northern Ireland|U.K.|Great Britain|Grande-Bretagne|Großbritannien|Royaume-Uni de Grande-Bretagne et d’Irlande du Nord|Vereinigtes Königreich Großbritannien und Nordirland|Vereinigtes Königreich von Großbritannien und Nordirland|England|Angleterre|Scotland|Écosse|Schottland|Wales|Pays de Galles|Northern Ireland|Irlande du Nord|Nordirland
GD Grenada|Grenade
GE Georgia|Géorgie|Georgien
GF French Guiana|Guyane française|Französisch-Guayana
GG Guernsey|Guernesey
GH Ghana
GI Gibraltar
GL Greenland|Groenland|Grönland
GM Gambia|Gambie
GN Guinea|Guinée
GP Guadeloupe
GQ Equatorial Guinea|Guinée équatoriale|Äquatorialguinea
GR Greece|Grèce|Griechenland|Hellenic Republic|République hellénique|Hellenische Republik|Hellas
GS South Georgia & South Sandwich Islands|Géorgie du Sud-et-les Îles Sandwich du Sud|Südgeorgien und die Südlichen Sandwichinseln
GT Guatemala
GU Guam
GW Guinea-Bissau|Guinée-Bissau
GY Guyana
HK Hong Kong SAR China|Hong Kong|R.A.S. chinoise de Hong Kong|Sonderverwaltungsregion Hongkong|Hongkong
HM Heard & McDonald Islands|Îles Heard-et-MacDonald|Heard und McDonaldinseln|Heard Island and McDonald Islands
HN Honduras
HR Croatia|Croatie|Kroatien
HT Haiti
HU Hungary|Hongrie|Ungarn
ID Indonesia|Indonésie|Indonesien
IE Ireland|Irlande|Irland|Republic of Ireland|République d’Irlande|Republik Irland
IL Israel
IM Isle of Man|Île de Man
IN India|Inde|Indien
IO British Indian Ocean Territory|Territoire britannique de l’océan Indien|Britisches Territorium im Indischen Ozean
IQ Iraq|Irak
IR Iran|Iran, Islamic Republic of|République islamique d’Iran|Islamische Republik Iran
IS Iceland|Islande|Island
IT Italy|Italie|Italien|Italian Republic|République italienne|Italienische Republik
JE Jersey
JM Jamaica|Jamaïque|Jamaika
JO Jordan|Jordanie|Jordanien
JP Japan|Japon
KE Kenya|Kenia
KG Kyrgyzstan|Kirghizstan|Kirgisistan|Kirghizie|Kirghizistan|Kirgistan|Kyrgyz Republic
KH Cambodia|Cambodge|Kambodscha
KI Kiribati
KM Comoros|Comores|Komoren
KN St. Kitts & Nevis|Saint-Christophe-et-Niévès
KP North Korea|Corée du Nord|Nordkorea|Korea, Democratic People's Republic of|République populaire démocratique de Corée|Demokratische Volksrepublik Korea
KR South Korea|Corée du Sud|Südkorea|Korea, Republic of|République de Corée|Republik Korea
KW Kuwait|Koweït
KY Cayman Islands|Îles Caïmans|Kaimaninseln
KZ Kazakhstan|Kasachstan
LA Laos|Lao People's Democratic Republic|Lao PDR
LB Lebanon|Liban|Libanon
LC St. Lucia|Sainte-Lucie
LI Liechtenstein
LK Sri Lanka
LR Liberia
LS Lesotho
LT Lithuania|Lituanie|Litauen
LU Luxembourg|Luxemburg|Grand Duchy of Luxembourg|Grand-Duché de Luxembourg|Großherzogtum Luxemburg
LV Latvia|Lettonie|Lettland
LY Libya|Libye|Libyen
MA Morocco|Maroc|Marokko
MC Monaco
MD Moldova|Moldavie|Republik Moldau|Moldova, Republic of|Moldawien|Moldau|Moldavia|République de Moldavie
ME Montenegro
MF St. Martin|Saint Martin (French part)
MG Madagascar|Madagaskar
MH Marshall Islands|Îles Marshall|Marshallinseln
MK North Macedonia|Macédoine du Nord|Nordmazedonien|Macedonia|Macédoine|Mazedonien
ML Mali
MM Myanmar (Burma)|Myanmar|Myanmar (Birmanie)|Burma|Birmanie|Birma
MN Mongolia|Mongolie|Mongolei
MO Macao SAR China|Macao|R.A.S. chinoise de Macao|Sonderverwaltungsregion Macau|Macau
MP Northern Mariana Islands|Îles Mariannes du Nord|Nördliche Marianen
MQ Martinique
MR Mauritania|Mauritanie|Mauretanien
MS Montserrat
MT Malta|Malte
MU Mauritius|Maurice
MV Maldives|Malediven
MW Malawi
MX Mexico|Mexique|Mexiko
MY Malaysia|Malaisie
MZ Mozambique|Mosambik
NA Namibia|Namibie
NC New Caledonia|Nouvelle-Calédonie|Neukaledonien
NE Niger
NF Norfolk Island|Île Norfolk|Norfolkinsel
NG Nigeria
NI Nicaragua
NL Netherlands|Pays-Bas|Niederlande|Netherlands, Kingdom of the|Holland|Hollande|Royaume des Pays-Bas|Königreich der Niederlande
NO Norway|Norvège|Norwegen
NP Nepal
NR Nauru
NU Niue
NZ New Zealand|Nouvelle-Zélande|Neuseeland
OM Oman
PA Panama
PE Peru|Pérou
PF French Polynesia|Polynésie française|Französisch-Polynesien
PG Papua New Guinea|Papouasie-Nouvelle-Guinée|Papua-Neuguinea
PH Philippines|Philippinen
PK Pakistan
PL Poland|Pologne|Polen|Republic of Poland|République de Pologne|Republik Polen
PM St. Pierre & Miquelon
PN Pitcairn Islands|Pitcairn|Îles Pitcairn|Pitcairninseln
PR Puerto Rico|Porto Rico
PS Palestinian Territories|Palestine|Territoires palestiniens|Palästinensische Autonomiegebiete|Palästina|Palestine, State of
PT Portugal|Portuguese Republic|République portugaise|Portugiesische Republik
PW Palau|Palaos
PY Paraguay
QA Qatar|Katar
RE Réunion
RO Romania|Roumanie|Rumänien
RS Serbia|Serbie|Serbien
RU Russia|Russie|Russland|Russian Federation|Fédération de Russie|Russische Föderation
RW Rwanda|Ruanda
SA Saudi Arabia|Arabie saoudite|Saudi-Arabien
SB Solomon Islands|Îles Salomon|Salomonen
SC Seychelles|Seychellen
SD Sudan|Soudan
SE Sweden|Suède|Schweden
SG Singapore|Singapour|Singapur
SH St. Helena|Sainte-Hélène|Saint Helena, Ascension and Tristan da Cunha
SI Slovenia|Slovénie|Slowenien
SJ Svalbard & Jan Mayen|Spitzbergen und Jan Mayen
SK Slovakia|Slovaquie|Slowakei|Slovak Republic|République slovaque|Slowakische Republik
SL Sierra Leone
SM San Marino|Saint-Marin
SN Senegal
SO Somalia|Somalie
SR Suriname
SS South Sudan|Soudan du Sud|Südsudan
ST São Tomé & Príncipe
SV El Salvador|Salvador
SX Sint Maarten|Saint-Martin (partie néerlandaise)|Sint Maarten (Dutch part)
SY Syria|Syrie|Syrien|Syrian Arab Republic|République arabe syrienne|Arabische Republik Syrien
SZ Eswatini|Swaziland|Swasiland
TC Turks & Caicos Islands|Îles Turques-et-Caïques|Turks- und Caicosinseln
TD Chad|Tchad|Tschad
TF French Southern Territories|Terres australes françaises|Französische Süd- und Antarktisgebiete
TG Togo
TH Thailand|Thaïlande
TJ Tajikistan|Tadjikistan|Tadschikistan
TK Tokelau
TL Timor-Leste|Timor oriental|East Timor|Osttimor
TM Turkmenistan
TN Tunisia|Tunisie|Tunesien
TO Tonga
TR Türkiye|Turquie|Türkei|Turkey|Republic of Türkiye|République de Turquie|Republik Türkei
TT Trinidad & Tobago|Trinité-et-Tobago
TV Tuvalu
TW Taiwan|Taiwan, Province of China
TZ Tanzania|Tanzanie|Tansania|Tanzania, United Republic of
UA Ukraine
UG Uganda|Ouganda
UM U.S. Outlying Islands|Îles mineures éloignées des États-Unis|Amerikanische Überseeinseln|United States Minor Outlying Islands
US United States|États-Unis|Vereinigte Staaten|United States of America|U.S.A.|États-Unis d’Amérique|Vereinigte Staaten von Amerika
UY Uruguay
UZ Uzbekistan|Ouzbékistan|Usbekistan
VA Vatican City|État de la Cité du Vatican|Vatikanstadt|Holy See|Vatican|Vatikan|Saint-Siège|Heiliger Stuhl
VC St. Vincent & Grenadines|St. Vincent und die Grenadinen
VE Venezuela|Venezuela, Bolivarian Republic of
VG British Virgin Islands|Îles Vierges britanniques|Britische Jungferninseln
VI U.S. Virgin Islands|Îles Vierges des États-Unis|Amerikanische Jungferninseln
VN Vietnam|Viêt Nam
VU Vanuatu
WF Wallis & Futuna
WS Samoa
XK Kosovo|Republic of Kosovo|République du Kosovo|Republik Kosovo
YE Yemen|Jemen
YT Mayotte
ZA South Africa|Afrique du Sud|Südafrika
ZM Zambia|Zambie|Sambia
ZW Zimbabwe|Simbabwe
`;
