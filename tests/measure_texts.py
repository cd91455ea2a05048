"""Texts of our own about sanctions of many senders and decades, written before the rules had seen any of them.

A coded measure stands in braces: `{type; status; quantity: words}`, the status by its first letter (p proposed,
a adopted, f in force, t threatened, l lifted, n not stated), the quantity left out where there is none, and `?` before
the type where a careful coder may leave the row out. `read_marked` takes the marks away.
"""

import re

STATUS = {
    "p": "proposed",
    "a": "adopted",
    "f": "in force",
    "t": "threatened",
    "l": "lifted",
    "n": "not stated",
}
_MARK = re.compile(r"\{(\??)([^;{}]+); (\w)(?:; ([\d.]+))?: ([^{}]+)\}")


def read_marked(marked):
    """(text, rows) of a marked text; a row is a dict with spans, type, status, quantity (float or None), optional."""
    pieces, rows, done, length = [], [], 0, 0
    for mark in _MARK.finditer(marked):
        before = marked[done : mark.start()]
        pieces += [before, mark[5]]
        start = length + len(before)
        length = start + len(mark[5])
        done = mark.end()
        rows.append(
            {
                "spans": [(start, length)],
                "type": mark[2],
                "status": STATUS[mark[3]],
                "quantity": float(mark[4]) if mark[4] else None,
                "optional": bool(mark[1]),
            }
        )
    return "".join([*pieces, marked[done:]]), rows


# The same measure in other words: both texts of a pair give rows of the same types, statuses and quantities.
PAIRS = [
    (
        "Denmark {coal ban; a: banned imports of South African coal} on Thursday, its trade minister announced.",
        "Coal from South Africa {coal ban; a: may no longer enter Denmark}, under a law that parliament passed on Thursday.",
    ),
    (
        "The Commonwealth leaders agreed to {flight ban; a: end air links with South Africa}.",
        "Direct flights to Johannesburg {flight ban; a: were suspended} by the Commonwealth governments.",
    ),
    (
        "The Security Council {arms embargo; a: imposed an arms embargo on Liberia}.",
        "By a vote of 15 to none, the Council decided that all states must {arms embargo; a: halt deliveries of weapons and ammunition to Liberia}.",
    ),
    (
        "Washington {aid suspension; a: suspended economic aid to Haiti} after the coup.",
        "Economic assistance to Haiti {aid suspension; a: has been cut off} by Washington, the spokeswoman said.",
    ),
    (
        "The Treasury {designation of individuals; a; 6: blacklisted six Congolese officers} on Tuesday.",
        "Six Congolese officers {designation of individuals; a; 6: were placed on the Treasury's sanctions list} on Tuesday.",
    ),
    (
        "Brussels will {tariff; p: impose duties on American motorcycles} in response, the commissioner said.",
        "The commissioner said American motorcycles {tariff; p: would be hit with duties} in response.",
    ),
    (
        "The United States {tariff; a: raised tariffs on Turkish steel} to 50 percent on Friday.",
        "{tariff; a: A 50 percent duty was slapped on Turkish steel} by the United States on Friday.",
    ),
    (
        "Russia {seafood and food ban; a: banned the import of Norwegian salmon}.",
        "Norwegian salmon {seafood and food ban; a: has been barred from the Russian market}, the watchdog in Moscow announced.",
    ),
    (
        "Switzerland {asset freeze; a: froze bank accounts belonging to the Marcos family}.",
        "Money held by the Marcos family in Swiss banks {asset freeze; a: was blocked by order of the government}.",
    ),
    (
        "The European Union {travel ban; a; 19: barred 19 Zimbabwean ministers from entering its territory}.",
        "Nineteen Zimbabwean ministers {travel ban; a; 19: may not set foot in the European Union}, foreign ministers decided on Monday.",
    ),
    (
        "Australia {sports and cultural boycott; a: called off its cricket team's tour of Zimbabwe} on orders from the government.",
        "The government in Canberra {sports and cultural boycott; a: forbade the cricket team to tour Zimbabwe}.",
    ),
    (
        "Washington threatened to {oil and gas ban; t: stop buying Nigerian oil} unless the writer was released.",
        "If the writer is not released, the United States {oil and gas ban; t: will halt purchases of Nigerian crude}, Washington warned.",
    ),
    (
        "The U.N. Security Council on Wednesday {flight ban; l: lifted the flight ban on Libya}.",
        "The ban on flights to and from Libya {flight ban; l: was ended by the U.N. Security Council} on Wednesday.",
    ),
    (
        "Since 1962 the United States {trade ban; f: has maintained a trade embargo against Cuba}.",
        "Under a law of 1962, Americans are still {trade ban; f: forbidden to trade with Cuba}.",
    ),
    (
        "The Commerce Department {designation of entities; a; 28: added 28 Chinese companies to its entity list}.",
        "Twenty-eight Chinese companies {designation of entities; a; 28: were put on a trade blacklist} by the Commerce Department.",
    ),
    (
        "The Hague {technology export ban; a: will no longer grant licences for the export of its most advanced chip machines to China}, a decree published on Friday says.",
        "A decree published on Friday {technology export ban; a: bars the sale of the most advanced Dutch chip machines to China}.",
    ),
    (
        "Sweden {diplomat expulsion; a; 3: expelled three Rwandan diplomats} on Monday.",
        "Three Rwandan diplomats {diplomat expulsion; a; 3: were told to leave Sweden} on Monday.",
    ),
    (
        "A bill before the Senate would {investment ban; p: prohibit new American investment in Burma}.",
        "Americans {investment ban; p: would be barred from making new investments in Burma} under a bill before the Senate.",
    ),
    (
        "The African Union {diplomatic restriction; a: suspended Mali's membership} after the army took power.",
        "Mali {diplomatic restriction; a: was suspended from the African Union} after the army took power.",
    ),
    (
        "The EU {delisting; l; 3: removed three Belarusian companies from its sanctions list} on Friday.",
        "Three Belarusian companies {delisting; l; 3: were struck off the EU's blacklist} on Friday.",
    ),
    (
        "Japan {trade finance ban; a: halted new export credits for Iran}.",
        "No new export credits {trade finance ban; a: will be granted for Iran}, the government in Tokyo decided.",
    ),
    (
        "Britain plans to {insurance and services ban; p: ban its accountants from working for Russian firms}.",
        "Russian firms {insurance and services ban; p: will lose access to British accountants} under plans announced in London.",
    ),
    (
        "The Council {payment systems ban; a; 7: cut seven Russian lenders off from SWIFT}.",
        "Seven Russian lenders {payment systems ban; a; 7: were disconnected from the SWIFT network} by decision of the Council.",
    ),
    (
        "The Arab League {financial transactions ban; a: halted dealings with Syria's central bank}.",
        "Dealings with Syria's central bank {financial transactions ban; a: were stopped by the Arab League}.",
    ),
    (
        "Under the resolution adopted on Wednesday, members {gems and timber ban; a: may not import rough diamonds from Sierra Leone}.",
        "The resolution {gems and timber ban; a: prohibits the import of rough diamonds from Sierra Leone}.",
    ),
    (
        "Thailand {port ban; a: closed its harbours to Cambodian fishing boats}.",
        "Cambodian fishing boats {port ban; a: have been shut out of Thai ports}, the navy announced.",
    ),
    (
        "Ukraine {broadcasting ban; a; 14: banned 14 Russian television channels}.",
        "Kiev {broadcasting ban; a; 14: took 14 Russian television channels off the air} by decree.",
    ),
    (
        "The United States {technical cooperation ban; a: broke off military cooperation with Pakistan} over its atom test.",
        "Military cooperation with Pakistan {technical cooperation ban; a: was suspended by the United States} over its atom test.",
    ),
    (
        "The EU is preparing {asset freeze; p: an asset freeze} and {travel ban; p: a visa ban on the leaders of the coup}, diplomats said.",
        "The leaders of the coup could have {asset freeze; p: their assets frozen} and {travel ban; p: be refused visas} by the EU, diplomats said.",
    ),
    (
        "The G7 {price cap; a; 60: put a ceiling of $60 on the price of Russian crude}.",
        "Russian crude {price cap; a; 60: may not be sold for more than $60 a barrel}, the G7 decided.",
    ),
    (
        "Turkey {trade ban; a: halted all trade with Israel} on Thursday.",
        "All exports to and imports from Israel {trade ban; a: have been stopped}, the Turkish trade ministry announced on Thursday.",
    ),
    (
        "By the resolution Iraq's neighbours {fuel ban; a: were forbidden to sell it petrol or diesel}.",
        "The resolution {fuel ban; a: outlaws sales of petrol and diesel to Iraq} by its neighbours.",
    ),
]

# What names sanctions, bans and lists and reports no measure that counts.
LOOK_ALIKES = [
    "The sanctions against Rhodesia were a failure from the start, the historian said.",
    "The coach banned his players from speaking to reporters before the final.",
    "Sanctions-busting tankers still load at night in the port, fishermen say.",
    "The embassy denied that it had been asked to cut staff.",
    "Doctors urged the ministry to ban sales of energy drinks to children.",
    "Traders expect that the embargo will drive up the price of oranges.",
    "The list includes two former prime ministers, a poet and the head of the opera.",
    "The bank added three branches in Lagos and named a new chairman.",
    "The airline said it would suspend flights to Caracas for want of passengers.",
    "Public opinion has turned against the sanctions, a poll shows.",
    "The United States said it had no plans to restrict exports of soybeans to China.",
    "The court ordered the company to freeze hiring and to sell its headquarters.",
    "Will the oil embargo hold? Few in Vienna think so.",
    "The company's entry was blocked by a rival that held the patent.",
    "The senator denied that he had ever voted to lift the embargo.",
    "Frozen fish exports rose by a tenth in the first quarter.",
    "The union threatened a boycott of the port unless the men were rehired.",
    "He was suspended from the club for three matches and banned from the stadium.",
    "The rebels captured a listing ship off the coast and expelled its crew.",
    "Analysts said tariffs on steel had not brought back jobs.",
    "In spite of the sanctions the factory makes more tractors than ever.",
    "Rice imports fell by half last year because of the drought.",
    "The council put off its debate on sanctions until next month.",
    "The president's critics accuse him of dodging questions over the blacklist.",
    "China cut its duty on imported soybeans to ease a shortage.",
    "The health ministry restricted the sale of the drug after two deaths.",
    "Villagers blocked the road and halted convoys of coal trucks.",
    "The minister refused to say whether the country would join the sanctions.",
    "A cap on electricity prices will end in March, the regulator said.",
    "The party expelled four members and suspended its youth wing.",
    "The company has hired a former diplomat to help it through the thicket of sanctions.",
    "Her new novel tells of a smuggler in the years of the embargo.",
    "The two leaders discussed the sanctions, trade and the climate over lunch.",
    "The flood cut off the town, and all flights and trains were cancelled.",
    "Opposition parties want the government to recall its ambassador.",
    "The orchestra cancelled its tour of Asia because its conductor was ill.",
    "The ministry suspended the teacher and stopped her pay.",
    "The new rules restrict parking near the port and ban trucks at night.",
    "Economists at the bank warn that a boycott would cost jobs at home.",
    "The company was fined $9 million for breaking the embargo on Sudan.",
]

# Whole stories with every measure coded.
STORIES = {
    "south africa 1986": """CAPE TOWN, Sept 30 - The South African currency fell on Tuesday after the twelve governments of the European Community agreed to {metals and minerals ban; a: ban imports of iron and steel from South Africa} and to {investment ban; a: stop new investment there}.

Coal, on which Bonn and Lisbon had held out, was left off the list.

In the United States, Congress is expected to override the president's veto of a bill that would {seafood and food ban; p: prohibit imports of South African fruit and vegetables}, {flight ban; p: withdraw landing rights from the national airline} and {debt and equity ban; p: forbid American banks to make new loans to the government}.

Japan, which has {diplomatic restriction; f: no diplomatic relations with Pretoria above the level of consul}, said it would {travel ban; p: stop issuing tourist visas to South Africans} and would discourage travel to the country.

The Commonwealth in 1985 {trade ban; f: banned the sale of Krugerrands}. Sweden and Denmark went further: {trade ban; f: all trade between Denmark and South Africa has been forbidden since June}.

"Sanctions will hurt those they are meant to help," the foreign minister said. Businessmen in Johannesburg said the measures would cost some 50,000 jobs.""",
    "iraq 1990": """UNITED NATIONS, Aug 6 - The Security Council, in its second vote since the invasion, ordered {?trade ban; a: a worldwide embargo on Iraq} on Monday.

The resolution, approved by 13 votes with two abstentions, {trade ban; a: bars all imports of goods from Iraq and occupied Kuwait} and {arms embargo; a: the sale to them of weapons}, and it {financial transactions ban; a: forbids states to make funds available to their governments}. Medicine and, in humanitarian circumstances, food are exempt.

President Bush {asset freeze; a: froze Iraqi and Kuwaiti assets in the United States} hours after the tanks rolled in. Japan on Sunday {oil and gas ban; a: halted imports of oil from both countries} and {trade finance ban; a: suspended government loans to Baghdad}.

Turkey has not decided whether to close the pipelines through which half of Iraq's oil flows.

The Iraqi ambassador called the resolution null and void. Cuba and Yemen, which abstained, said the council had acted in haste.""",
    "haiti 1993": """WASHINGTON - The United States will {travel ban; p: revoke the visas of Haitian officers who block the return of the elected president} and {asset freeze; p: freeze their bank accounts}, the White House said on Monday.

The Security Council is also considering {fuel ban; p: a ban on the sale of fuel to the island}, which has no refinery of its own.

The Organization of American States {trade ban; f: imposed a trade embargo in 1991}, but ships from Europe have ignored it.

A spokesman for the army said the officers would not yield to threats. The price of petrol in Port-au-Prince doubled within hours.""",
    "libya 1992": """TRIPOLI - Libya has until April 15 to hand over two men suspected of bombing an airliner, or it will be cut off from the sky.

Under Resolution 748 all states must {flight ban; f: deny permission to land to any aircraft that flies to or from Libya}. They must also {arms embargo; f: stop selling arms} and {?technology export ban; f: spare parts to it} and {diplomatic restriction; f: reduce the staff of Libyan embassies}.

The council can {?fuel ban; t: extend the measures to oil} later. Western diplomats said that Italy and Germany, which buy most of Libya's oil, were against it.

Arab airlines said they had already cancelled flights because of the holidays.""",
    "yugoslavia 1998": """LONDON, March 9 - Britain, France, Germany, Italy and the United States on Monday agreed on {trade finance ban; a: a moratorium on government credit for trade with Yugoslavia} because of the violence in Kosovo. They will also {travel ban; p: deny visas to Serbian officials responsible for repression} and press for {arms embargo; p: an arms embargo} in the Security Council.

Russia, the sixth member of the group, supported the embargo but not the other steps. It asked for more time.

If President Milosevic does not withdraw his special police within ten days, the five will {asset freeze; t: freeze the funds that Serbia holds abroad}.""",
    "cuba 2015": """HAVANA - The Obama administration on Thursday eased restrictions on Cuba that date from the Cold War.

Under rules that take effect on Friday Americans may use their credit cards on the island, and the {?financial transactions ban; a; 2000: limit on remittances rises to $2,000 a quarter}. Airlines no longer need a special licence to fly there.

The {trade ban; f: embargo itself stays in place}, since only Congress can end it. In May the State Department is to {delisting; p: remove Cuba from its list of states that sponsor terrorism}.

Farmers in Iowa hailed the change. "It is a beginning," said a grain trader in Des Moines.""",
    "iran 2012": """BRUSSELS, Jan 23 (Reuters) - European Union foreign ministers agreed on Monday on {oil and gas ban; a: an embargo on Iranian crude}, to take full effect on July 1.

No new contracts may be signed from now on. They also {asset freeze; a: froze the assets of Iran's central bank in Europe} and {metals and minerals ban; a: banned trade in gold and other precious metals with the state}.

Iran threatened to close the Strait of Hormuz. It called the decision psychological warfare.

The United States on Monday {designation of entities; a: imposed sanctions on Iran's third-largest bank, Bank Tejarat}. Australia said it would follow the EU.

Washington {payment systems ban; f: has already shut banks that deal with Iran's central bank out of the American financial system}, under a law that President Obama signed on New Year's Eve.""",
    "myanmar 2021": """Feb 11 - President Joe Biden said on Wednesday that he had approved an order for new sanctions on those behind the coup in Myanmar.

The order will {asset freeze; a; 1000000000: prevent the generals from getting at $1 billion of government funds} held in the United States. A first round of targets will be named this week, Biden said.

Washington will also impose {?trade ban; p: strong export controls} and is {aid suspension; a: freezing assistance that benefits the government}.

New Zealand {diplomatic restriction; a: suspended all high-level contacts with Myanmar} on Tuesday and {travel ban; a: imposed a travel ban on its military leaders}.

Tens of thousands protested for a sixth day.""",
    "venezuela 2019": """CARACAS/WASHINGTON - The Trump administration on Monday {designation of entities; a: imposed sanctions on Venezuela's state oil company}, the harshest step yet against President Nicolas Maduro.

The company's {asset freeze; a: property in the United States is blocked} and Americans are {financial transactions ban; a: prohibited from dealing with it}. Refineries owned by the firm in the United States can go on working as long as what they pay goes into a blocked account.

In 2017 the United States {debt and equity ban; f: barred its banks from buying new Venezuelan bonds}.

"The United States is trying to steal the refinery," Maduro said on state television. Oil prices rose by more than 2 percent.""",
    "chips 2022": """SHANGHAI, Oct 8 - Shares of Chinese chipmakers tumbled on Monday, after Washington published rules that {technology export ban; a: cut China off from certain semiconductors made anywhere in the world with American tools}.

The rules also {technical cooperation ban; a: forbid American citizens to support the making of advanced chips in China} without a licence. Separately, the Commerce Department {designation of entities; a; 31: added 31 companies to a list of firms that it cannot vet}.

Toolmakers have begun to withdraw staff. "It is a big blow," one manager in Wuhan said.

China's foreign ministry accused Washington of abusing trade measures.""",
    "tariff 2002": """GENEVA - The European Union said on Friday that it would {tariff; t; 335000000: impose tariffs of up to 100 percent on $335 million of American goods}, among them orange juice and T-shirts, if Washington does not withdraw its duties on steel by mid-June.

President Bush in March {tariff; f: put duties of 8 to 30 percent on most imported steel}. China, Korea and Japan have joined the complaint against him.

Steel prices have risen by a third since then, according to the industry's institute.""",
    "olympics 1980": """WASHINGTON - President Carter, saying that the invasion of Afghanistan could not go unanswered, announced on Friday that he was {seafood and food ban; a; 17000000: halting the sale of 17 million tons of grain to the Soviet Union}.

Sales of computers and other {technology export ban; a: advanced technology are suspended}, and Soviet trawlers will {seafood and food ban; a: lose most of their catch in American waters}. The opening of {diplomatic restriction; a: new consulates in Kiev and New York is put off}.

He also held out the possibility that American athletes would {sports and cultural boycott; t: stay away from the summer Olympics in Moscow}.

Farmers protested. Argentina and Brazil said they would not sell less grain to Moscow.""",
    "fifa 2022": """ZURICH, Feb 28 - World soccer's governing body and its European counterpart on Monday {sports and cultural boycott; a: suspended Russian clubs and national teams from all competitions}.

Earlier the International Olympic Committee recommended that federations {sports and cultural boycott; a: invite no athletes from Russia or Belarus}.

Poland had refused to play Russia in a qualifier in March. The Russian federation said it would appeal.""",
    "syria 2011": """CAIRO, Nov 27 - Arab states voted on Sunday to impose economic sanctions on Syria, an unprecedented step against a fellow member.

The measures, backed by 19 of the League's 22 members, include {travel ban; a: a ban on travel by senior officials}, {asset freeze; a: a freeze on assets of the government}, {financial transactions ban; a: an end to dealings with the central bank} and {investment ban; a: a halt to Arab investment in Syria}. Flights from Arab capitals are to {flight ban; p: stop at a date to be set}.

Iraq abstained and said it would not carry them out. Lebanon "disassociated itself".

Syria's foreign minister called the vote a declaration of economic war. The Arab League {diplomatic restriction; f: suspended Syria's membership} two weeks ago.""",
    "nigeria 1995": """AUCKLAND, Nov 11 - Commonwealth leaders {diplomatic restriction; a: suspended Nigeria from the Commonwealth} on Saturday, a day after it hanged nine activists. They gave it two years to return to democracy or {diplomatic restriction; t: be expelled}.

The United States {diplomatic restriction; a: recalled its ambassador} and {arms embargo; a: banned the sale of military goods to Nigeria}. The European Union said it would {aid suspension; p: suspend development aid}.

Nelson Mandela called for an oil embargo, but Britain and the Netherlands, home of the company that pumps half of Nigeria's crude, would not hear of it.""",
    "rhodesia 1966": """NEW YORK, Dec 16 - For the first time in its history the Security Council voted {trade ban; a: mandatory economic sanctions} tonight, against the white rebel government of Rhodesia.

Members must {metals and minerals ban; a: buy no asbestos, iron ore, chrome or pig iron} from the colony, nor its {gems and timber ban; a: sugar, tobacco, copper or hides}. They may not {fuel ban; a: sell it oil}, {arms embargo; a: arms} or aircraft.

Portugal and South Africa are expected to go on trading with Salisbury.""",
    "north korea 2006": """UNITED NATIONS, Oct 14 (Reuters) - The U.N. Security Council unanimously voted on Saturday to impose financial and arms sanctions on North Korea.

The resolution {nuclear and missile technology ban; a: bars trade with North Korea in materials linked to its weapons of mass destruction and ballistic missiles} and {luxury goods ban; a: sales of luxury goods}. It {asset freeze; a: freezes the funds of people and businesses tied to the programmes} and {travel ban; a: bans them from travelling}. Nations are {cargo inspection; a: called upon to inspect cargo going to and from the country}.

At China's insistence the text rules out the use of force. The North's envoy walked out.""",
    "ukraine 2023": """KYIV, Feb 24 (Reuters) - Ukraine's parliament imposed sanctions on Russia's financial sector for 50 years.

President Volodymyr Zelenskiy signed a decree that puts {designation of individuals; a; 120: sanctions on 120 individuals} and {designation of entities; a; 287: 287 companies}, most of them Russian. They may {travel ban; a: not enter Ukraine} and their {asset freeze; a: property is to be seized}.

Britain the same day {technology export ban; a: banned the export of every item that Russia has been found using on the battlefield}. It also {designation of entities; a; 4: sanctioned four banks} and {designation of individuals; a: the heads of a nuclear agency}.

The 27 states of the EU were still arguing over {?further measures; p: a tenth package}, which would {payment systems ban; p; 3: cut three more banks off} and {trade ban; p: ban imports of Russian rubber}.""",
    "travel advice": """GENEVA, May 4 - The government on Tuesday advised against travel to the island after two bombs went off near the harbour.

Airlines have cut flights by half and cruise ships no longer call. Tour operators said customers were cancelling by the hundred. Insurance for small boats has trebled.

The finance minister said that he would cut the tax on hotels to zero and freeze airport fees for a year. The central bank limited withdrawals to $200 a day. "We are not under embargo," he said. "We are under a cloud."

The ministry expelled a reporter who had filmed the harbour, and closed two newspapers.""",
    "budget": """OTTAWA - The government will end its subsidies for small dairies in June, cap the price of insulin and ban single-use plastics from 2027.

The budget also freezes the pay of senior officials, limits the number of foreign students and suspends a programme of loans to exporters. Imports of used cars will be taxed at 12 percent, as the industry had asked.

A list of banned chemicals is to be extended. The opposition said the measures hit the poor, and named four of them.""",
}
