export const decisions = {
  'error.clock-jumped.cashier':
    'O relógio do computador ({clock}) está mais de um dia adiantado em relação ao último registo ({last}). Compare-o com outro relógio; se estiver certo, um supervisor confirma, se não, acerte-o.',
  'error.clock-jumped.customer': 'O relógio da máquina tem de ser verificado primeiro.',
  'error.clock-apart.cashier':
    'O relógio do computador ({clock}) e o do módulo de segurança ({module}) estão demasiado afastados. Acerte o relógio do computador; se estiver certo, um supervisor confirma.',
  'error.clock-apart.customer': 'O relógio da máquina tem de ser verificado primeiro.',
  'error.sale-given-up.cashier': 'O módulo não criou nenhum código para esta venda. Devolva o dinheiro.',
  'error.sale-given-up.customer': 'Não foi criado nenhum código. O seu dinheiro é devolvido.',
  'error.sale-not-given-up.cashier':
    'O módulo não pode dizer com certeza que não fez nenhum código: a venda continua em dúvida. Pergunte de novo, ou deixe-a em aberto e chame o supervisor.',
  'error.sale-not-given-up.customer':
    'Ainda não se sabe se o seu código foi feito. O seu dinheiro está seguro.',
  'error.books-damaged.cashier':
    'Uma verificação encontrou os livros danificados ({row}: {reason}). A venda está parada para que nada se perca; chame o supervisor.',
  'error.books-damaged.customer': 'A máquina tem uma avaria e não pode vender neste momento.',
  'error.books-unread.cashier':
    'Não foi possível ler os livros agora ({file}: {reason}). Nada foi alterado e a venda continua; tente de novo daqui a pouco e chame o supervisor se continuar assim.',
  'error.books-unread.customer': 'A máquina ainda não está pronta para isso.',
  'strip.books.damaged': 'Livros danificados: venda parada',
  'strip.books.unread': 'Livros por verificar: não se conseguem ler',
  'strip.disk.low': 'Disco quase cheio: restam {megabytes} MB',
  'strip.disk.stop': 'Disco demasiado cheio: venda parada',
  'strip.disk.failed': 'Avaria do disco: venda parada',
  'strip.backup.failed': 'A cópia de segurança falhou',
  'strip.backup.none': 'Sem pasta para cópias de segurança',
  'strip.backup.same-disk': 'Cópia de segurança no mesmo disco',
  'doubt.key':
    'Chave: grupo de fornecimento {sgc}, revisão de chave {krn}{ti, select, none {} other {, índice tarifário {ti}}}',
  'doubt.no-key':
    'O módulo não tem chave para o grupo de fornecimento {sgc}, revisão de chave {krn}{ti, select, none {} other {, índice tarifário {ti}}}. Mande carregar essa chave e pergunte de novo.',
  'doubt.reason': 'Porquê (fica nos livros)',
  'doubt.give-up': 'O cliente não espera mais',
  'doubt.unissued': 'Devolver o dinheiro',
  'doubt.again': 'Vender de novo com outro código',
  'doubt.supervisor':
    'Se o módulo já não puder responder: devolva o dinheiro, ou venda o mesmo de novo com outro código. A sede é informada.',
  'decisions.title': 'Decisões',
  'decisions.about': 'Vendas em dúvida, o relógio, um módulo parado.',
  'decisions.kept': 'Os livros guardam-no.',
  'clock.why': 'Compare-o primeiro com outro relógio. A venda continua depois pelo relógio do computador.',
  'clock.title': 'O relógio do computador está certo?',
  'clock.accept': 'O relógio está certo',
  'module.clear.title': 'O módulo de segurança {module} está parado',
  'module.clear.why':
    'Um código não correspondia à sua venda, ou o módulo comunicou uma avaria. Volte a pô-lo em serviço só depois de alguém o examinar.',
  'module.clear': 'Pôr o módulo de novo em serviço',
};
