"""Who voted how, as eight languages tell it: the voters before their verb, behind it, or in a list."""

from __future__ import annotations

import pytest

from watcher.core.model import Position

from .telling import ADOPTED, first_vote

YES, NO, ABSTAINED, ABSENT = Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED, Position.ABSENT

TOLD: dict[str, dict[str, dict[str, Position]]] = {
    "es": {
        "Votaron en contra Argentina, Israel y Estados Unidos.":
            dict.fromkeys(("Argentina", "Israel", "United States"), NO),
        "Se abstuvieron, entre otros, China, India y Sudáfrica.":
            dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "Se abstuvieron China e India.": dict.fromkeys(("China", "India"), ABSTAINED),
        "La resolución salió adelante con la abstención de China y la India.":
            dict.fromkeys(("China", "India"), ABSTAINED),
        "El texto fue aprobado con los votos en contra de Estados Unidos e Israel.":
            dict.fromkeys(("United States", "Israel"), NO),
        "Entre quienes se opusieron a la resolución estuvieron Rusia, China e Irán.":
            dict.fromkeys(("Russia", "China", "Iran"), NO),
        "Entre los países que votaron en contra figuran Rusia, Bielorrusia y Siria.":
            dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Francia y España forman parte de los 14 países que se abstuvieron.":
            dict.fromkeys(("France", "Spain"), ABSTAINED),
        "También la respaldaron Argentina, Chile, Cuba y Venezuela.":
            dict.fromkeys(("Argentina", "Chile", "Cuba", "Venezuela"), YES),
        "También la respaldaron varios países de América Latina, entre ellos Argentina y Chile.":
            dict.fromkeys(("Argentina", "Chile"), YES),
        "La apoyaron Argentina y Chile, mientras que México se abstuvo.":
            {"Argentina": YES, "Chile": YES, "Mexico": ABSTAINED},
        "Ucrania no participó en la votación.": {"Ukraine": ABSENT},
        "México, que se abstuvo, y Panamá, que votó en contra, explicaron su voto.":
            {"Mexico": ABSTAINED, "Panama": NO},
        "Estados Unidos fue el único país que votó en contra.": {"United States": NO},
        "Estados Unidos e Israel fueron los únicos en votar en contra.":
            dict.fromkeys(("United States", "Israel"), NO),
        "Solo Israel y Estados Unidos votaron en contra del texto.": dict.fromkeys(("Israel", "United States"), NO),
        "El único voto en contra fue el de Israel.": {"Israel": NO},
        "Los votos en contra fueron de Estados Unidos, Israel y Hungría.":
            dict.fromkeys(("United States", "Israel", "Hungary"), NO),
        "En contra votaron Rusia, Bielorrusia, Corea del Norte, Eritrea y Siria.":
            dict.fromkeys(("Russia", "Belarus", "North Korea", "Eritrea", "Syria"), NO),
        "Brasil y Colombia votaron a favor, Argentina en contra y Paraguay se abstuvo.":
            {"Brazil": YES, "Colombia": YES, "Argentina": NO, "Paraguay": ABSTAINED},
        "Hubo 14 votos en contra (Israel, Estados Unidos y Fiyi) y 45 abstenciones (Canadá, Alemania).":
            {**dict.fromkeys(("Israel", "United States", "Fiji"), NO), "Canada": ABSTAINED, "Germany": ABSTAINED},
        "Hungría se sumó a Rusia y votó en contra.": dict.fromkeys(("Hungary", "Russia"), NO),
        "Se abstuvieron de votar China y Rusia, miembros permanentes del Consejo.":
            dict.fromkeys(("China", "Russia"), ABSTAINED),
        "Se opusieron al texto Rusia y Siria.": dict.fromkeys(("Russia", "Syria"), NO),
        "Votaron a favor: Brasil, Chile y Perú. En contra: Israel. Abstenciones: Austria, Italia.":
            {**dict.fromkeys(("Brazil", "Chile", "Peru"), YES), "Israel": NO, "Austria": ABSTAINED,
            "Italy": ABSTAINED},
        "Entre los que se abstuvieron están India, China y Brasil.":
            dict.fromkeys(("India", "China", "Brazil"), ABSTAINED),
        "Argentina, Paraguay y Hungría, entre otros, votaron en contra.":
            dict.fromkeys(("Argentina", "Paraguay", "Hungary"), NO),
        "El presidente de Perú ordenó a su embajador votar en contra.": {"Peru": NO},
        "El embajador de Rusia votó en contra.": {"Russia": NO},
        "Nicaragua votó en contra, al igual que Cuba y Venezuela.":
            dict.fromkeys(("Nicaragua", "Cuba", "Venezuela"), NO),
        "Todos los países latinoamericanos respaldaron el texto excepto México, que se abstuvo, y Panamá, que"
        " votó en contra.": {"Mexico": ABSTAINED, "Panama": NO},
        "Rusia y China ejercieron su veto.": dict.fromkeys(("Russia", "China"), NO),
        "Estados Unidos e Israel, junto con Fiyi y Nauru, votaron en contra de la resolución.":
            dict.fromkeys(("United States", "Israel", "Fiji", "Nauru"), NO),
        "Entre las abstenciones destacan las de Canadá, Alemania e Italia.":
            dict.fromkeys(("Canada", "Germany", "Italy"), ABSTAINED),
        "Entre los países que se abstuvieron se encuentran China, India, Pakistán y Cuba.":
            dict.fromkeys(("China", "India", "Pakistan", "Cuba"), ABSTAINED),
        "Argentina se sumó a Estados Unidos e Israel y votó en contra de la resolución.":
            dict.fromkeys(("Argentina", "United States", "Israel"), NO),
        "España, Francia y Bélgica apoyaron la resolución, mientras que Alemania e Italia optaron por abstenerse.":
            {**dict.fromkeys(("Spain", "France", "Belgium"), YES), "Germany": ABSTAINED, "Italy": ABSTAINED},
        "El Gobierno de Argentina votó en contra.": {"Argentina": NO},
        "La delegación de Ucrania no participó en la votación.": {"Ukraine": ABSENT},
        "Cuba, Nicaragua, Bolivia y Venezuela se opusieron; El Salvador se abstuvo.":
            {**dict.fromkeys(("Cuba", "Nicaragua", "Bolivia", "Venezuela"), NO), "El Salvador": ABSTAINED},
        "Hubo dos abstenciones, las de Rusia y China.": dict.fromkeys(("Russia", "China"), ABSTAINED),
        "Con la abstención de Rusia y China, el Consejo dio luz verde al texto.":
            dict.fromkeys(("Russia", "China"), ABSTAINED),
        "El único en contra fue Israel.": {"Israel": NO},
        "Solo votó en contra Estados Unidos.": {"United States": NO},
        "México votó a favor de la resolución, pero Brasil y Argentina se abstuvieron.":
            {"Mexico": YES, "Brazil": ABSTAINED, "Argentina": ABSTAINED},
        "Los países que votaron en contra fueron Bielorrusia, Corea del Norte, Eritrea, Rusia y Siria.":
            dict.fromkeys(("Belarus", "North Korea", "Eritrea", "Russia", "Syria"), NO),
        "Solo cinco países -Rusia, Bielorrusia, Siria, Corea del Norte y Eritrea- votaron en contra.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Solo cinco países (Rusia, Bielorrusia, Siria, Corea del Norte y Eritrea) votaron en contra.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "En contra lo hicieron Rusia, Bielorrusia y Siria, y se abstuvieron China, Cuba e Irán.":
            {**dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
            **dict.fromkeys(("China", "Cuba", "Iran"), ABSTAINED)},
        "Washington votó en contra, mientras que Londres se abstuvo.":
            {"United States": NO, "United Kingdom": ABSTAINED},
        "Chile, Colombia y Brasil apoyaron el texto; Argentina lo rechazó.":
            {**dict.fromkeys(("Chile", "Colombia", "Brazil"), YES), "Argentina": NO},
        "Entre los votos en contra estuvieron los de Estados Unidos, Israel y Argentina.":
            dict.fromkeys(("United States", "Israel", "Argentina"), NO),
        "Entre quienes se abstuvieron figuran China, India y Sudáfrica.":
            dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "Entre los 12 países que votaron en contra destacan Rusia, China e Irán.":
            dict.fromkeys(("Russia", "China", "Iran"), NO),
        "Votaron a favor, entre otros, España, Francia y México.": dict.fromkeys(("Spain", "France", "Mexico"), YES),
        "Solamente Estados Unidos e Israel se opusieron al texto.": dict.fromkeys(("United States", "Israel"), NO),
        "Paraguay fue uno de los 45 países que se abstuvieron.": {"Paraguay": ABSTAINED},
        "Estados Unidos, Israel y otros 12 países votaron en contra.": dict.fromkeys(("United States", "Israel"), NO),
        "Se opusieron Rusia, Siria, Irán y Corea del Norte.":
            dict.fromkeys(("Russia", "Syria", "Iran", "North Korea"), NO),
    },
    "fr": {
        "Israël et les États-Unis ont voté contre.": dict.fromkeys(("Israel", "United States"), NO),
        "La Chine, l'Inde et l'Afrique du Sud se sont abstenues.":
            dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "Se sont abstenus la Chine, l'Inde et le Brésil.": dict.fromkeys(("China", "India", "Brazil"), ABSTAINED),
        "Se sont notamment abstenus la Chine et l'Inde.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Parmi les pays qui ont voté contre figurent la Russie, le Bélarus et la Syrie.":
            dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Ont voté contre : la Russie, le Bélarus et la Syrie.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Seuls Israël et les États-Unis ont voté contre.": dict.fromkeys(("Israel", "United States"), NO),
        "Les États-Unis sont le seul pays à avoir voté contre.": {"United States": NO},
        "Sept pays, dont la Russie et le Bélarus, ont voté contre, et 32, parmi lesquels la Chine, se sont "
        "abstenus.": {"Russia": NO, "Belarus": NO, "China": ABSTAINED},
        "Le texte a recueilli 14 voix contre (Israël, États-Unis, Hongrie) et 45 abstentions (Canada, Italie).":
            {**dict.fromkeys(("Israel", "United States", "Hungary"), NO), "Canada": ABSTAINED, "Italy": ABSTAINED},
        "La résolution est passée avec l'abstention de la Chine et de la Russie.":
            dict.fromkeys(("China", "Russia"), ABSTAINED),
        "La Hongrie, elle, a voté contre.": {"Hungary": NO},
        "L'Ukraine n'a pas participé au vote.": {"Ukraine": ABSENT},
        "La France a voté en faveur du texte, tout comme l'Espagne et l'Irlande.":
            dict.fromkeys(("France", "Spain", "Ireland"), YES),
        "La Hongrie s'est jointe à la Russie et a voté contre.": dict.fromkeys(("Hungary", "Russia"), NO),
        "Washington s'est abstenu.": {"United States": ABSTAINED},
        "Le représentant du Pérou a voté contre.": {"Peru": NO},
        "L'Allemagne s'est abstenue, alors que la France et l'Espagne ont voté pour.":
            {"Germany": ABSTAINED, "France": YES, "Spain": YES},
        "La Russie et la Chine s'y sont opposées.": dict.fromkeys(("Russia", "China"), NO),
        "Les votes contre sont ceux des États-Unis et d'Israël.": dict.fromkeys(("United States", "Israel"), NO),
        "Le Mali et le Niger ont choisi de s'abstenir.": dict.fromkeys(("Mali", "Niger"), ABSTAINED),
        "Le Maroc n'a pas pris part au vote.": {"Morocco": ABSENT},
        "Seuls cinq pays (Russie, Bélarus, Syrie, Corée du Nord et Érythrée) ont voté contre.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Cinq pays ont voté contre : la Russie, le Bélarus, la Syrie, la Corée du Nord et l'Érythrée.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "La Chine et la Russie se sont abstenues lors du vote.": dict.fromkeys(("China", "Russia"), ABSTAINED),
        "Les États-Unis ont opposé leur veto, le Royaume-Uni s'est abstenu.":
            {"United States": NO, "United Kingdom": ABSTAINED},
        "La Chine, qui avait menacé de mettre son veto, s'est finalement abstenue.": {"China": ABSTAINED},
        "Israël a voté pour, tandis que les Émirats arabes unis se sont abstenus.":
            {"Israel": YES, "United Arab Emirates": ABSTAINED},
        "Parmi les 14 pays ayant voté contre figurent Israël, les États-Unis et l'Autriche.":
            dict.fromkeys(("Israel", "United States", "Austria"), NO),
        "Parmi les abstentions figurent celles du Canada, de l'Allemagne et de l'Italie.":
            dict.fromkeys(("Canada", "Germany", "Italy"), ABSTAINED),
        "Les États-Unis, Israël et douze autres pays ont voté contre.":
            dict.fromkeys(("United States", "Israel"), NO),
        "Le Royaume-Uni et l'Allemagne se sont abstenus, la France a voté pour.":
            {"United Kingdom": ABSTAINED, "Germany": ABSTAINED, "France": YES},
        "La Chine et la Russie ont voté contre le texte, l'Algérie s'est abstenue.":
            {"China": NO, "Russia": NO, "Algeria": ABSTAINED},
    },
    "de": {
        "Israel und die USA stimmten dagegen.": dict.fromkeys(("Israel", "United States"), NO),
        "Dagegen stimmten Russland, Belarus und Syrien.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Gegen die Resolution stimmten unter anderem die USA, Israel und Ungarn.":
            dict.fromkeys(("United States", "Israel", "Hungary"), NO),
        "Deutschland, Italien und Österreich enthielten sich.":
            dict.fromkeys(("Germany", "Italy", "Austria"), ABSTAINED),
        "Der Stimme enthielten sich China und Indien.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Es enthielten sich China, Indien und Südafrika.":
            dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "China und Indien enthielten sich der Stimme, Russland stimmte dagegen.":
            {"China": ABSTAINED, "India": ABSTAINED, "Russia": NO},
        "Die USA und Israel haben dagegen gestimmt.": dict.fromkeys(("United States", "Israel"), NO),
        "Die USA haben gegen die Resolution gestimmt, Deutschland hat sich enthalten.":
            {"United States": NO, "Germany": ABSTAINED},
        "Frankreich und Spanien stimmten für die Resolution.": dict.fromkeys(("France", "Spain"), YES),
        "Neben den USA stimmten auch Israel und Ungarn dagegen.":
            dict.fromkeys(("United States", "Israel", "Hungary"), NO),
        "Zu den Ländern, die dagegen stimmten, gehören Russland, Belarus und Syrien.":
            dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Die USA waren das einzige Land, das dagegen stimmte.": {"United States": NO},
        "Nur Israel und die USA votierten dagegen.": dict.fromkeys(("Israel", "United States"), NO),
        "35 Länder enthielten sich, darunter China, Indien und der Iran.":
            dict.fromkeys(("China", "India", "Iran"), ABSTAINED),
        "Fünf Länder stimmten dagegen: Russland, Belarus, Nordkorea, Eritrea und Syrien.":
            dict.fromkeys(("Russia", "Belarus", "North Korea", "Eritrea", "Syria"), NO),
        "Bei Enthaltung von China und Russland wurde der Text angenommen.":
            dict.fromkeys(("China", "Russia"), ABSTAINED),
        "Die Ukraine nahm an der Abstimmung nicht teil.": {"Ukraine": ABSENT},
        "Ungarn stimmte mit Nein.": {"Hungary": NO},
        "Frankreich stimmte mit Ja.": {"France": YES},
        "Mit Nein stimmten Russland und Belarus.": dict.fromkeys(("Russia", "Belarus"), NO),
        "Deutschland stimmte ebenso wie Frankreich dafür.": dict.fromkeys(("Germany", "France"), YES),
        "Russland und China lehnten den Text ab.": dict.fromkeys(("Russia", "China"), NO),
        "Washington enthielt sich.": {"United States": ABSTAINED},
        "Zwölf Staaten (Israel, USA, Ungarn) stimmten dagegen.":
            dict.fromkeys(("Israel", "United States", "Hungary"), NO),
        "Gegen den Text votierten Russland und Syrien, während sich China und Indien enthielten.":
            {"Russia": NO, "Syria": NO, "China": ABSTAINED, "India": ABSTAINED},
        "Auch die Schweiz enthielt sich.": {"Switzerland": ABSTAINED},
        "Nur fünf Länder (Russland, Belarus, Syrien, Nordkorea und Eritrea) stimmten dagegen.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Nur fünf Staaten - Russland, Belarus, Syrien, Nordkorea und Eritrea - stimmten dagegen.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "China, das sonst an der Seite Russlands steht, enthielt sich.": {"China": ABSTAINED},
        "Die Vetomacht Russland stimmte gegen den Entwurf, China enthielt sich der Stimme.":
            {"Russia": NO, "China": ABSTAINED},
        "Zu den 14 Gegenstimmen zählten die USA, Israel und Österreich.":
            dict.fromkeys(("United States", "Israel", "Austria"), NO),
        "Deutschland und Großbritannien enthielten sich, Frankreich stimmte zu.":
            {"Germany": ABSTAINED, "United Kingdom": ABSTAINED, "France": YES},
        "Zu den Staaten, die sich enthielten, gehörten Deutschland, Italien und Japan.":
            dict.fromkeys(("Germany", "Italy", "Japan"), ABSTAINED),
        "Unter den 14 Nein-Stimmen waren die der USA und Israels.": dict.fromkeys(("United States", "Israel"), NO),
        "Die USA, Israel und zwölf weitere Länder stimmten dagegen.": dict.fromkeys(("United States", "Israel"), NO),
        "Österreich und Tschechien votierten mit Nein.": dict.fromkeys(("Austria", "Czechia"), NO),
        "Deutschland enthielt sich der Stimme, ebenso wie Italien.": dict.fromkeys(("Germany", "Italy"), ABSTAINED),
        "Die Schweiz stimmte der Resolution zu.": {"Switzerland": YES},
    },
    "pl": {
        "Przeciw głosowały Rosja, Białoruś i Syria.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Od głosu wstrzymały się Chiny i Indie.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Chiny i Indie wstrzymały się od głosu.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Przeciwko zagłosowały Stany Zjednoczone, Izrael i Węgry.":
            dict.fromkeys(("United States", "Israel", "Hungary"), NO),
        "Przeciwko rezolucji były Rosja i Białoruś.": dict.fromkeys(("Russia", "Belarus"), NO),
        "Za rezolucją zagłosowały Polska, Francja i Niemcy.": dict.fromkeys(("Poland", "France", "Germany"), YES),
        "Przeciw było pięć państw: Rosja, Białoruś, Korea Północna, Erytrea i Syria.":
            dict.fromkeys(("Russia", "Belarus", "North Korea", "Eritrea", "Syria"), NO),
        "Przeciw było siedem krajów, w tym Rosja, Białoruś i Syria, a 32 wstrzymały się, wśród nich Chiny.":
            {**dict.fromkeys(("Russia", "Belarus", "Syria"), NO), "China": ABSTAINED},
        "Tylko Izrael i USA głosowały przeciw.": dict.fromkeys(("Israel", "United States"), NO),
        "Stany Zjednoczone jako jedyne zagłosowały przeciw.": {"United States": NO},
        "Węgry dołączyły do Rosji i zagłosowały przeciw.": dict.fromkeys(("Hungary", "Russia"), NO),
        "Ukraina nie wzięła udziału w głosowaniu.": {"Ukraine": ABSENT},
        "Waszyngton wstrzymał się od głosu.": {"United States": ABSTAINED},
        "Przedstawiciel Rosji zagłosował przeciw.": {"Russia": NO},
        "Wśród państw, które głosowały przeciw, znalazły się Rosja, Białoruś i Syria.":
            dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Przeciwne były Rosja i Białoruś.": dict.fromkeys(("Russia", "Belarus"), NO),
        "Polska poparła rezolucję, podobnie jak Niemcy.": dict.fromkeys(("Poland", "Germany"), YES),
        "Przeciwko rezolucji zagłosowało pięć krajów: Rosja, Białoruś, Syria, Korea Północna i Erytrea.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Przeciw głosowało pięć państw (Rosja, Białoruś, Syria, Korea Północna i Erytrea).":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Chiny, Indie i RPA wstrzymały się.": dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "Od głosu wstrzymało się 35 krajów, wśród nich Chiny, Indie, Iran i Irak.":
            dict.fromkeys(("China", "India", "Iran", "Iraq"), ABSTAINED),
        "Izrael zagłosował za rezolucją, a Białoruś była przeciwko.": {"Israel": YES, "Belarus": NO},
        "Stany Zjednoczone użyły prawa weta.": {"United States": NO},
        "Wśród 35 państw, które wstrzymały się od głosu, były Chiny, Indie i RPA.":
            dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "Przeciwko głosowały: Rosja, Białoruś, Syria, Korea Północna i Erytrea.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Rosja, Białoruś i pięć innych państw głosowało przeciw.": dict.fromkeys(("Russia", "Belarus"), NO),
        "Polska głosowała za, Węgry się wstrzymały.": {"Poland": YES, "Hungary": ABSTAINED},
        "Stany Zjednoczone i Izrael były przeciw, Ukraina wstrzymała się od głosu.":
            {"United States": NO, "Israel": NO, "Ukraine": ABSTAINED},
    },
    "uk": {
        "Проти проголосували Росія, Білорусь та Сирія.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Утрималися Китай, Індія та Іран.": dict.fromkeys(("China", "India", "Iran"), ABSTAINED),
        "Від голосування утримались Китай та Індія.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Китай та Індія утримались від голосування.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Проти виступили США, Ізраїль та Угорщина.": dict.fromkeys(("United States", "Israel", "Hungary"), NO),
        "Росія, Білорусь і Сирія проголосували проти, а Китай утримався.":
            {**dict.fromkeys(("Russia", "Belarus", "Syria"), NO), "China": ABSTAINED},
        "Проти були лише Росія та Білорусь.": dict.fromkeys(("Russia", "Belarus"), NO),
        "Серед тих, хто голосував проти, — Росія, Білорусь і Сирія.":
            dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Серед країн, які утрималися, — Китай, Індія та Бразилія.":
            dict.fromkeys(("China", "India", "Brazil"), ABSTAINED),
        "Проти проголосували п'ять країн: Росія, Білорусь, КНДР, Еритрея та Сирія.":
            dict.fromkeys(("Russia", "Belarus", "North Korea", "Eritrea", "Syria"), NO),
        "Україна не брала участі в голосуванні.": {"Ukraine": ABSENT},
        "Угорщина приєдналася до Росії і проголосувала проти.": dict.fromkeys(("Hungary", "Russia"), NO),
        "США стали єдиною країною, яка проголосувала проти.": {"United States": NO},
        "За резолюцію проголосували Польща, Франція та Німеччина.":
            dict.fromkeys(("Poland", "France", "Germany"), YES),
        "Вашингтон утримався.": {"United States": ABSTAINED},
        "Представник Росії проголосував проти.": {"Russia": NO},
        "Ізраїль підтримав резолюцію, США утрималися.": {"Israel": YES, "United States": ABSTAINED},
        "Проти — Росія, Білорусь, Сирія. Утрималися — Китай, Індія.":
            {**dict.fromkeys(("Russia", "Belarus", "Syria"), NO), "China": ABSTAINED, "India": ABSTAINED},
        "Проти резолюції проголосували п'ять країн — Росія, Білорусь, Сирія, КНДР та Еритрея.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Проти проголосували лише п'ять країн (Росія, Білорусь, Сирія, КНДР, Еритрея).":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Серед тих, хто утримався, — Китай, Індія, Іран.": dict.fromkeys(("China", "India", "Iran"), ABSTAINED),
        "Ізраїль та США проголосували проти резолюції.": dict.fromkeys(("Israel", "United States"), NO),
        "Ще 18 країн були проти, серед них Росія, США, Ізраїль та Угорщина.":
            dict.fromkeys(("Russia", "United States", "Israel", "Hungary"), NO),
        "США вперше проголосували проти разом із Росією та Білоруссю.":
            dict.fromkeys(("United States", "Russia", "Belarus"), NO),
        "Серед 35 країн, що утрималися, — Китай, Індія та ПАР.":
            dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "Проти голосували: Росія, Білорусь, Сирія, КНДР та Еритрея.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Угорщина утрималася, Словаччина підтримала документ.": {"Hungary": ABSTAINED, "Slovakia": YES},
        "Китай, Індія, Іран та ще 32 країни утрималися.": dict.fromkeys(("China", "India", "Iran"), ABSTAINED),
        "Україна та Ізраїль голосували «за», США — «проти».": {"Ukraine": YES, "Israel": YES, "United States": NO},
    },
    "ru": {
        "Против проголосовали Россия, Белоруссия и Сирия.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Воздержались Китай, Индия и Иран.": dict.fromkeys(("China", "India", "Iran"), ABSTAINED),
        "При голосовании воздержались Китай и Индия.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Китай и Индия воздержались от голосования.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Против выступили США, Израиль и Венгрия.": dict.fromkeys(("United States", "Israel", "Hungary"), NO),
        "Россия, Белоруссия и Сирия проголосовали против, а Китай воздержался.":
            {**dict.fromkeys(("Russia", "Belarus", "Syria"), NO), "China": ABSTAINED},
        "Против были только США и Израиль.": dict.fromkeys(("United States", "Israel"), NO),
        "Среди проголосовавших против — Россия, Белоруссия и Сирия.":
            dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "Среди воздержавшихся — Китай, Индия и Бразилия.": dict.fromkeys(("China", "India", "Brazil"), ABSTAINED),
        "Против проголосовали пять стран: Россия, Белоруссия, КНДР, Эритрея и Сирия.":
            dict.fromkeys(("Russia", "Belarus", "North Korea", "Eritrea", "Syria"), NO),
        "Украина не участвовала в голосовании.": {"Ukraine": ABSENT},
        "Венгрия присоединилась к России и проголосовала против.": dict.fromkeys(("Hungary", "Russia"), NO),
        "США стали единственной страной, которая проголосовала против.": {"United States": NO},
        "За резолюцию проголосовали Польша, Франция и Германия.": dict.fromkeys(("Poland", "France", "Germany"), YES),
        "Вашингтон воздержался.": {"United States": ABSTAINED},
        "Представитель России проголосовал против.": {"Russia": NO},
        "Против — Россия, Белоруссия, Сирия. Воздержались — Китай, Индия.":
            {**dict.fromkeys(("Russia", "Belarus", "Syria"), NO), "China": ABSTAINED, "India": ABSTAINED},
        "Против выступили пять стран - Россия, Белоруссия, Сирия, КНДР и Эритрея.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Против голосовали США, Израиль и Венгрия, воздержались Германия и Италия.":
            {**dict.fromkeys(("United States", "Israel", "Hungary"), NO), "Germany": ABSTAINED, "Italy": ABSTAINED},
        "США использовали право вето, Великобритания воздержалась.":
            {"United States": NO, "United Kingdom": ABSTAINED},
        "35 стран, включая Китай и Индию, воздержались.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Против голосовали: Россия, Белоруссия, Сирия, КНДР и Эритрея.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "Китай, Индия и ещё 33 страны воздержались.": dict.fromkeys(("China", "India"), ABSTAINED),
        "Израиль проголосовал за, США — против.": {"Israel": YES, "United States": NO},
        "Среди тех, кто воздержался, — Китай и Индия.": dict.fromkeys(("China", "India"), ABSTAINED),
    },
    "he": {
        "ישראל וארצות הברית הצביעו נגד.": dict.fromkeys(("Israel", "United States"), NO),
        "נגד הצביעו רוסיה, בלארוס וסוריה.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "סין והודו נמנעו.": dict.fromkeys(("China", "India"), ABSTAINED),
        "נמנעו סין, הודו ואיראן.": dict.fromkeys(("China", "India", "Iran"), ABSTAINED),
        "בין הנמנעות: סין, הודו ואיראן.": dict.fromkeys(("China", "India", "Iran"), ABSTAINED),
        "בין המדינות שהצביעו נגד: רוסיה, בלארוס וסוריה.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        'ארה"ב הצביעה נגד, וישראל נמנעה.': {"United States": NO, "Israel": ABSTAINED},
        "חמש מדינות הצביעו נגד, בהן רוסיה וסוריה, ו-35 נמנעו, בהן סין והודו.":
            {"Russia": NO, "Syria": NO, "China": ABSTAINED, "India": ABSTAINED},
        'ישראל תמכה בהחלטה וארה"ב התנגדה.': {"Israel": YES, "United States": NO},
        'רק ישראל וארה"ב התנגדו.': dict.fromkeys(("Israel", "United States"), NO),
        "אוקראינה לא השתתפה בהצבעה.": {"Ukraine": ABSENT},
        "הונגריה הצטרפה לרוסיה והצביעה נגד.": dict.fromkeys(("Hungary", "Russia"), NO),
        "נציג רוסיה הצביע נגד.": {"Russia": NO},
        "התנגדו להחלטה רוסיה, בלארוס וסוריה.": dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "בעד הצביעו צרפת, גרמניה וספרד, ואילו איטליה נמנעה.":
            {**dict.fromkeys(("France", "Germany", "Spain"), YES), "Italy": ABSTAINED},
        'ארה"ב הייתה המדינה היחידה שהצביעה נגד.': {"United States": NO},
        "חמש מדינות הצביעו נגד: רוסיה, בלארוס, סוריה, צפון קוריאה ואריתריאה.":
            dict.fromkeys(("Russia", "Belarus", "Syria", "North Korea", "Eritrea"), NO),
        "נגד ההחלטה הצביעו רק חמש מדינות, בהן רוסיה, בלארוס וסוריה.":
            dict.fromkeys(("Russia", "Belarus", "Syria"), NO),
        "בין המדינות שנמנעו: סין, איראן וקובה.": dict.fromkeys(("China", "Iran", "Cuba"), ABSTAINED),
        'ישראל, ארה"ב והונגריה הצביעו נגד ההחלטה, ואוקראינה נמנעה.':
            {**dict.fromkeys(("Israel", "United States", "Hungary"), NO), "Ukraine": ABSTAINED},
        "ארצות הברית הצביעה לצד רוסיה וצפון קוריאה נגד ההחלטה.":
            dict.fromkeys(("United States", "Russia", "North Korea"), NO),
        'ארה"ב הטילה וטו ובריטניה נמנעה.': {"United States": NO, "United Kingdom": ABSTAINED},
        "בין 35 המדינות שנמנעו: סין, הודו ודרום אפריקה.":
            dict.fromkeys(("China", "India", "South Africa"), ABSTAINED),
        "גם ישראל הצביעה בעד ההחלטה, ואילו סין והודו נמנעו.": {"Israel": YES, "China": ABSTAINED, "India": ABSTAINED},
        'ארה"ב, ישראל ועוד 12 מדינות הצביעו נגד.': dict.fromkeys(("United States", "Israel"), NO),
        'בין המתנגדות: ארה"ב, ישראל והונגריה.': dict.fromkeys(("United States", "Israel", "Hungary"), NO),
        "רוסיה הטילה וטו, וסין נמנעה.": {"Russia": NO, "China": ABSTAINED},
        "ישראל נמנעה מהצבעה.": {"Israel": ABSTAINED},
        "ישראל נעדרה מההצבעה.": {"Israel": ABSENT},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence"), [(language, sentence) for language, told in TOLD.items() for sentence in told]
)
def test_a_position_is_read_as_its_language_tells_it(language: str, sentence: str) -> None:
    vote = first_vote(f"{ADOPTED[language]} {sentence}")
    assert dict(vote.positions) == TOLD[language][sentence]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "El año pasado Brasil se abstuvo."),
        ("es", "La mayoría de los países respaldaron la iniciativa excepto México."),
        ("es", "Rusia podría votar en contra."),
        ("fr", "L'an dernier, la Chine s'était abstenue."),
        ("de", "Im vergangenen Jahr enthielt sich Deutschland."),
        ("pl", "W zeszłym roku Węgry wstrzymały się od głosu."),
        ("uk", "Торік Угорщина утрималася."),
        ("ru", "В прошлом году Венгрия воздержалась."),
        ("ru", "Ряд стран выступили против России."),
        ("he", "בשנה שעברה נמנעה סין."),
        ("es", "Ucrania agradeció a los países que votaron a favor."),
        ("es", "El embajador de Cuba criticó a quienes se abstuvieron."),
        ("es", "Rusia dijo que votaría en contra."),
        ("es", "Los rebeldes, apoyados por Irán, atacaron barcos."),
        ("es", "La oposición de Georgia votó en contra del presupuesto."),
        ("es", "Israel rechazó la resolución por parcial."),
        ("es", "El texto condena a Rusia, y 35 países se abstuvieron."),
        ("fr", "L'Ukraine a remercié les pays qui ont voté pour."),
        ("fr", "L'ambassadeur de Cuba a critiqué ceux qui se sont abstenus."),
        ("fr", "La Russie a promis de voter contre."),
        ("fr", "Le texte condamne la Russie, et 35 pays se sont abstenus."),
        ("de", "Die Ukraine dankte den Ländern, die dafür stimmten."),
        ("de", "Der Text verurteilt Russland, 35 Länder enthielten sich."),
        ("de", "Russland kündigte an, dagegen zu stimmen."),
        ("pl", "Ukraina podziękowała krajom, które głosowały za."),
        ("pl", "Rosja zapowiedziała, że zagłosuje przeciw."),
        ("pl", "Tekst potępia Rosję, a 35 krajów wstrzymało się od głosu."),
        ("uk", "Україна подякувала країнам, які підтримали резолюцію."),
        ("uk", "Документ засуджує Росію, 35 країн утрималися."),
        ("uk", "Росія заявила, що голосуватиме проти."),
        ("uk", "Проти Росії виступили 140 країн."),
        ("ru", "Украина поблагодарила страны, которые поддержали резолюцию."),
        ("ru", "Документ осуждает Россию, 35 стран воздержались."),
        ("ru", "Против России выступили 140 стран."),
        ("he", "אוקראינה הודתה למדינות שהצביעו בעד."),
        ("he", "ההחלטה מגנה את רוסיה, ו-35 מדינות נמנעו."),
        ("he", "שגריר קובה תקף את המדינות שנמנעו."),
    ],
)
def test_what_is_no_vote_gives_no_position_in_any_language(language: str, sentence: str) -> None:
    assert dict(first_vote(f"{ADOPTED[language]} {sentence}").positions) == {}
