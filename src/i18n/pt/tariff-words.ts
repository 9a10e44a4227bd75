import type { Translation } from '../catalogue.ts';
import type { tariffWords as english } from '../en/tariff-words.ts';

export const tariffWords: Translation<typeof english> = {
  'describe.tariff': '{name}: {id} versão {version}, a partir de {effectiveFrom}, {resource}, {currency}',
  'describe.per-unit':
    '{label}: {rate} por unidade{totalAbove, select, none {} other {, quando o total passa de {totalAbove}}}{totalUpTo, select, none {} other {, até um total de {totalUpTo}}}',
  'describe.per-unit-block':
    '{label}: {rate} por unidade, {upTo, select, none {acima de {from}} other {de {from} a {upTo}}} unidades{every, select, none {} other { por {every}}}{totalAbove, select, none {} other {, quando o total passa de {totalAbove}}}{totalUpTo, select, none {} other {, até um total de {totalUpTo}}}',
  'describe.per-unit-rebate':
    '{label}: {rate} a menos por unidade, {upTo, select, none {acima de {from}} other {de {from} a {upTo}}} unidades',
  'describe.percent-added': '{label}: {rate} % somados a {of}',
  'describe.percent-contained': '{label}: {rate} % contidos em {of}',
  'describe.percent-of-gross': '{label}: {rate} % de {of}, incluindo ele próprio',
  'describe.percent-added-on-top': '{label}: {rate} % de {of}, pagos à parte',
  'describe.percent-contained-on-top': '{label}: {rate} % contidos em {of}, pagos à parte',
  'describe.percent-of-gross-on-top': '{label}: {rate} % de {of}, pagos à parte',
  'describe.percent-added-rebate': '{label}: {rate} % de {of} descontados',
  'describe.percent-contained-rebate': '{label}: {rate} % de {of} descontados',
  'describe.percent-of-gross-rebate': '{label}: {rate} % de {of} descontados',
  'describe.fixed':
    '{label}: {amount} por {every}{times, select, none {} other {, {times} vezes}}{maxPeriods, select, none {} other {, também os períodos em falta, no máximo {maxPeriods}}}',
  'describe.fixed-on-top':
    '{label}: {amount} por {every}{times, select, none {} other {, {times} vezes}}, pagos à parte',
  'describe.fixed-rebate': '{label}: {amount} descontados por {every}',
  'describe.fixed-on-top-rebate': '{label}: {amount} descontados por {every}',
  'describe.fixed-step':
    '{label}: {amount} por {every}, quando o total está {totalUpTo, select, none {acima de {totalAbove}} other {entre {totalAbove} e {totalUpTo}}}',
  'describe.debt-all': '{label}: toda a dívida “{debt}”{cap, select, none {} other {, no máximo {cap}}}',
  'describe.debt-instalment': '{label}: a prestação acordada da dívida “{debt}”',
  'describe.debt-fixed': '{label}: {amount} da dívida “{debt}”',
  'describe.debt-share':
    '{label}: {rate} % de {of} para a dívida “{debt}”{blockUntilPaid, select, none {} other {, nada mais até {blockUntilPaid} % estarem pagos}}',
  'describe.entitlement': '{label}: {units} unidades grátis por {every}',
  'describe.units-rounding':
    'As unidades são arredondadas {roundings}; o que sobra do dinheiro {remainder, select, carry {fica guardado para a próxima compra} change {é devolvido} other {vai para “{remainder}”}}',
  'describe.limits':
    'Uma compra{minimum, select, none {} other { a partir de {minimum}}}{maximum, select, none {} other { até {maximum}}}{maximumUnits, select, none {} other {, no máximo {maximumUnits} unidades}}{windowMaximum, select, none {} other {, no máximo {windowMaximum} unidades no período}}',
  'describe.only': 'A linha acima é só para {only}.',

  'notice.no-units': 'Todo este dinheiro se gasta antes das unidades: não haverá código.',
  'notice.charge-in-part': 'Um encargo é pago em parte; {owed} continuam em dívida.',
  'notice.settlement-in-part': 'Uma soma anterior é paga em parte; {owed} continuam em dívida.',
  'notice.entitlement-due': 'São devidas {units} unidades gratuitas: F3 dá-as.',
  'notice.entitlement-with-purchase':
    'São devidas {units} unidades gratuitas, mas só com uma compra: este balcão não as pode dar.',
  'notice.cliff-ahead':
    'Depois de mais {left} unidades começa um preço mais alto: a décima seguinte custa então {crossing}.',
  'notice.cliff-crossed': 'Esta compra passa de {threshold} unidades, onde começa um preço mais alto.',
  'notice.state-too-old':
    'Os números da conta têm {ageHours} horas: uma diferença é acertada da próxima vez.',
  'notice.sold-elsewhere':
    'Outros balcões também vendem a este contador: uma diferença é acertada da próxima vez.',
  'notice.less-buys-more': '{amount} comprariam {units}: o mesmo ou mais.',
  'notice.next-block': 'Mais {more} chega ao escalão seguinte, a {nextRate} por unidade em vez de {rate}.',

  'explain.title': 'Porquê estas unidades?',
  'explain.before': 'Da última vez',
  'explain.now': 'Desta vez',
  'explain.first-purchase': 'Não há aqui uma compra anterior para comparar.',
  'explain.units-same': 'As mesmas unidades que da última vez.',
  'explain.units-more': 'Mais {difference} do que da última vez.',
  'explain.units-fewer': 'Menos {difference} do que da última vez.',
  'explain.amount-differs': 'O valor difere em {difference}.',
  'explain.tariff-changed': 'A lista de preços mudou entretanto.',
  'explain.block-reached': '{label}: esta compra chega ao escalão a {rate} por unidade.',
  'explain.line-new': '{label} não foi cobrado da última vez: {difference}.',
  'explain.line-gone': '{label} foi cobrado da última vez e agora não: {difference}.',
  'explain.rate-changed': '{label}: a taxa era {before}, agora é {now}.',
  'explain.charge-changed': '{label} difere em {difference}.',

  'tariff-fault.line': 'Linha {line}, {path}: {reason}',
  'tariff-fault.other': '{code} {details}',
  'tariff-fault.not-json': 'isto não é um ficheiro JSON',
  'tariff-fault.field-missing': 'falta este campo',
  'tariff-fault.field-unknown': 'este campo não existe',
  'tariff-fault.field-invalid': 'este valor não pode ser usado aqui',
  'tariff-fault.field-not-here': 'este campo não pertence aqui',
  'tariff-fault.one-of': 'aqui é preciso exatamente um de vários campos',
  'tariff-fault.format-version-future': 'este ficheiro foi feito para um programa mais recente',
  'tariff-fault.time-invalid': 'essa data e hora não existe',
  'tariff-fault.time-of-use-unsupported':
    'preços pela hora do dia não podem ser usados: um contador de teclado não conhece a hora de uso',
  'tariff-fault.negative': 'isto não pode ser menor que zero',
  'tariff-fault.id-duplicate': 'este identificador aparece duas vezes',
  'tariff-fault.blocks-gap': 'há um intervalo entre os escalões',
  'tariff-fault.blocks-overlap': 'os escalões sobrepõem-se',
  'tariff-fault.period-missing': 'falta o período',
  'tariff-fault.window-unknown': 'essa janela não existe',
  'tariff-fault.line-unknown': 'essa linha não existe',
  'tariff-fault.no-price': 'a tarifa não tem preço',
  'tariff-fault.rate-too-high': 'esta taxa leva tudo',
  'tariff-fault.cycle-does-not-converge': 'estas linhas dependem umas das outras sem fim',
  'tariff-fault.minimum-above-maximum': 'o mínimo está acima do máximo',
  'tariff-fault.currency-differs': 'este posto vende noutra moeda',
  'tariff-fault.version-exists': 'esta versão já existe com outro conteúdo: dê-lhe um número novo',

  'tariffs.title': 'Listas de preços',
  'tariffs.version': 'Versão {version}, a partir de {from}',
  'tariffs.state.in-force': 'em vigor',
  'tariffs.state.coming': 'futura',
  'tariffs.state.past': 'passada',
  'tariffs.meters': '{meters, plural, one {# contador} other {# contadores}}',
  'tariffs.words': 'Por palavras simples',
  'tariffs.try': 'Experimentar um valor',
  'tariffs.gives': 'dá {units}',
  'tariffs.import': 'Ler um ficheiro',
  'tariffs.import.paste': 'Cole aqui a lista de preços, ou escolha o ficheiro',
  'tariffs.import.choose': 'Escolher um ficheiro',
  'tariffs.import.check': 'Verificar e guardar',
  'tariffs.import.good': '{name} versão {version} está guardada. Entra em vigor em {from}.',
  'tariffs.import.refused': 'Nada foi guardado. {count, plural, one {# erro} other {# erros}}:',
  'tariffs.question.at-once':
    'Começou em {from}: {meters, plural, =0 {nenhum contador a tem ainda} one {a próxima venda a # contador tem estes preços} other {as próximas vendas a # contadores têm estes preços}}.',
  'tariffs.question.category':
    '{meters, plural, one {# contador desta lista não tem} other {# contadores desta lista não têm}} nenhuma das suas categorias ({names}): os preços de uma categoria não contam para eles, e nada se pode vender onde todos os preços são de uma categoria.',
  'tariffs.question.quantity':
    '{meters, plural, one {# contador desta lista não tem} other {# contadores desta lista não têm}} “{name}”: nada se lhes pode vender até que se saiba.',
  'tariffs.question.channel':
    'Este posto vende como “{channel}”; a lista tem regras para {names}. Aqui não contam.',
  'tariffs.question.free':
    'A tabela dá unidades gratuitas ({names}) só com uma compra; este balcão não o pode fazer.',
  'tariffs.question.title': 'Antes de guardar esta lista:',
  'tariffs.question.yes': 'Guardar mesmo assim',
  'tariffs.category': 'Para',
  'tariffs.category.none': 'nenhuma categoria',
  'tariffs.back': 'Voltar à venda',
  'keys.why': 'Porquê tantas?',
  'tariff-fault.id-reserved': 'este identificador tem um significado próprio: escolha outro',
  'tariff-fault.not-whole-tenths': 'isto tem de ser um número inteiro de décimas',
  'tariff-fault.not-a-block-edge': 'nenhum escalão dessa linha começa aqui',
  'tariff-fault.crossing-with-schedules': 'horários e cruzamento andam juntos',
  'tariff-fault.added-is-on-top': 'o que se soma a um valor é pago à parte',
  'tariff-fault.on-top-mixed': 'linhas à parte e linhas incluídas não se misturam',
  'tariff-fault.remaining-after-units': 'isto tem de estar antes do primeiro preço de unidades',
  'tariff-fault.cycle-member-unfit': 'linhas que dependem umas das outras não podem ter isto',
  'tariff-fault.rounding-step': 'um arredondamento precisa de um passo acima de zero',
  'tariff-fault.rounding-too-fine': 'este arredondamento é mais fino do que se pode contar',
  'tariff-fault.rounding-not-multiple': 'cada arredondamento tem de ser múltiplo do anterior',
  'tariff-fault.too-precise': 'isto tem mais casas decimais do que se pode contar',
  'tariff-fault.rebate-too-high': 'este desconto leva o preço todo: as unidades não custariam nada',
  'tariff-fault.rounding-above-price':
    'este arredondamento é maior que o preço de uma unidade: uma unidade não custaria nada',
  'tariff-fault.hidden-sign': 'este texto tem sinais que não se veem ou que o viram ao contrário',
};
