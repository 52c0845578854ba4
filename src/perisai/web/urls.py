"""Addresses of the office pages."""

from django.urls import path

from perisai.web.views import (
    agent_acts,
    agents,
    cards,
    field,
    incentives,
    law,
    member,
    members,
    notices,
    pages,
    payments,
    public,
    search,
    session,
    settings,
    targets,
    today,
    villages,
)
from perisai.web.views.registrations import decide, listing, refer, slip

app_name = "web"
urlpatterns = [
    path("", today.page, name="home"),
    path("", today.page, name="today"),
    path("masuk", session.sign_in, name="sign_in"),
    path("keluar", session.sign_out, name="sign_out"),
    path("kata-sandi", session.password, name="password"),
    path("bahasa", session.language, name="language"),
    path("tentang", pages.about, name="about"),
    path("cari", search.page, name="search"),
    # registrations
    path("pendaftaran", listing.page, name="registrations"),
    path("pendaftaran/unduh/<str:kind>", listing.export, name="registrations_export"),
    path("pendaftaran/baru", refer.new, name="registration_new"),
    path("pendaftaran/nagari", refer.villages, name="villages_like"),
    path("pendaftaran/nik", refer.nik_hint, name="nik_hint"),
    path("pendaftaran/iuran", refer.price, name="price"),
    path("pendaftaran/<uuid:registration_id>", decide.page, name="registration"),
    path("pendaftaran/<uuid:registration_id>/putuskan", decide.decide, name="registration_decide"),
    path("pendaftaran/<uuid:registration_id>/kode", decide.new_code, name="registration_code"),
    path("pendaftaran/<uuid:registration_id>/perbaiki", refer.mend, name="registration_mend"),
    path("pendaftaran/<uuid:registration_id>/slip", slip.page, name="slip"),
    path("pendaftaran/<uuid:registration_id>/slip.pdf", slip.pdf, name="slip_pdf"),
    path("pendaftaran/<uuid:registration_id>/slip.png", slip.png, name="slip_png"),
    # members, cards
    path("peserta", members.page, name="members"),
    path("peserta/unduh/<str:kind>", members.export, name="members_export"),
    path("peserta/kartu", cards.waiting, name="cards"),
    path("peserta/kartu/lembar.pdf", cards.sheet, name="card_sheet"),
    path("peserta/<uuid:member_id>", member.page, name="member"),
    path("peserta/<uuid:member_id>/nik", member.reveal, name="member_nik"),
    path("peserta/<uuid:member_id>/kode", member.issue_code, name="member_code"),
    path("peserta/<uuid:member_id>/kartu", cards.issue, name="member_card"),
    path("peserta/<uuid:member_id>/kartu.pdf", cards.pdf, name="member_card_pdf"),
    # contributions
    path("iuran", payments.page, name="contributions"),
    path("iuran/catat", payments.record, name="payment_record"),
    path("iuran/kode/<str:code>/batal", payments.cancel, name="code_cancel"),
    path("iuran/<uuid:payment_id>", payments.receipt, name="payment"),
    path("iuran/<uuid:payment_id>/kuitansi.pdf", payments.receipt_pdf, name="payment_pdf"),
    # agents
    path("agen", agents.page, name="agents"),
    path("agen/<uuid:agent_id>", agents.agent, name="agent"),
    path("agen/<uuid:agent_id>/surat-tugas", agent_acts.letter, name="agent_letter"),
    path("agen/<uuid:agent_id>/sertifikat", agent_acts.certificate, name="agent_certificate"),
    path("agen/<uuid:agent_id>/langkah/<str:action>", agent_acts.move, name="agent_move"),
    path("agen/wadah/baru", agent_acts.register_wadah, name="wadah_new"),
    path("agen/wadah/<uuid:wadah_id>", agents.wadah, name="wadah"),
    path("agen/wadah/<uuid:wadah_id>/pks", agent_acts.sign_pks, name="wadah_pks"),
    path("agen/wadah/<uuid:wadah_id>/angkat", agent_acts.appoint, name="wadah_appoint"),
    path("aturan", law.page, name="law"),
    # messages, accounts
    path("pesan", notices.page, name="notices"),
    path("pengaturan", settings.page, name="settings"),
    path("pengaturan/baru", settings.new, name="account_new"),
    path("pengaturan/<uuid:user_id>", settings.account, name="account"),
    path("pengaturan/<uuid:user_id>/kata-sandi", settings.reset, name="account_reset"),
    path("pengaturan/<uuid:user_id>/tutup", settings.close, name="account_close"),
    path("pengaturan/<uuid:user_id>/peran", settings.grant, name="account_grant"),
    path("pengaturan/<uuid:user_id>/peran/<str:role>/akhiri", settings.end_grant, name="account_end_grant"),
    # targets
    path("target", targets.board, name="targets"),
    path("target/peringkat", targets.rank, name="rank"),
    # incentives
    path("insentif", incentives.page, name="incentives"),
    path("insentif/hitung", incentives.accrue, name="incentives_accrue"),
    path("insentif/<uuid:agent_id>", incentives.statement, name="statement"),
    path("insentif/<uuid:agent_id>/rincian.pdf", incentives.statement_pdf, name="statement_pdf"),
    path("insentif/wadah/<uuid:wadah_id>", incentives.wadah, name="wadah_statement"),
    path("insentif/wadah/<uuid:wadah_id>/rincian.pdf", incentives.wadah_pdf, name="wadah_statement_pdf"),
    # villages
    path("nagari", villages.page, name="villages"),
    path("nagari/<str:code>", villages.village, name="village"),
    # for everybody, without signing in
    path("kartu", public.card, name="card_form"),
    path("kartu/<str:token>", public.card, name="card_check"),
    path("kuitansi", public.receipt, name="receipt_form"),
    path("kuitansi/<str:number>", public.receipt, name="receipt_check"),
    path("kunci", public.keys, name="keys"),
    # the app of the agents
    path("lapangan/", field.page, name="field"),
    path("lapangan/sw.js", field.worker, name="field_worker"),
]
