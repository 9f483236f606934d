"""Fields that several importers share, and the headers exports give them."""

from django.utils.translation import gettext_lazy as _

from accounts.importing.base import Field

REACH = (
    Field(
        "email",
        _("E-mail"),
        "email, e mail, email address, e mail address, primary email, emailid, email id, "
        "e mail 1 value, email 1 value, email work, work email, mail, contact email, "
        "customer email, client email, courriel, correo, adresse email, e mail adresse",
    ),
    Field(
        "email_2",
        _("Second e-mail"),
        "email 2, secondary email, e mail 2 address, e mail 2 value, email home, "
        "home email, personal email, other email",
    ),
    Field(
        "email_3",
        _("Third e-mail"),
        "email 3, e mail 3 address, e mail 3 value, email other",
    ),
    Field(
        "phone",
        _("Telephone"),
        "phone, telephone, tel, phone number, phone work, work phone, business phone, "
        "phone 1 value, mobile, mobile phone, mobilephone, mobile number, cell, "
        "contact phone, telefon, telefono, telefone, handy, portable, gsm",
    ),
    Field(
        "phone_2",
        _("Second telephone"),
        "phone 2, phone home, home phone, phone 2 value, mobile, mobile phone, "
        "mobilephone, mobile number, cell phone, business phone 2",
    ),
    Field(
        "phone_3",
        _("Third telephone"),
        "phone 3, phone other, other phone, phone 3 value, home phone, home phone 2",
    ),
)
PERSON = (
    Field(
        "first_name",
        _("First name"),
        "first name, firstname, given name, contact first name, prenom, vorname, nombre",
    ),
    Field(
        "last_name",
        _("Last name"),
        "last name, lastname, surname, family name, contact last name, nom de famille, "
        "nachname, apellido, apellidos, sobrenome",
    ),
)
COMPANY = Field(
    "company",
    _("Company"),
    "company, company name, organization, organisation, organization name, "
    "organization 1 name, account, account name, firm, related company, employer, "
    "entreprise, societe, firma, unternehmen, empresa",
)
PLACE = (
    Field(
        "city",
        _("City"),
        "city, town, billing city, work city, business city, home city, home address city, "
        "customer city, seller city, geolocation city, address 1 city, mailing city, "
        "ville, ort, stadt, ciudad, cidade",
    ),
    Field(
        "state",
        _("State"),
        "state, province, region, province state, state province, state region, "
        "billing state, work state, business state, home state, home address state, "
        "customer state, seller state, geolocation state, shipping address state, "
        "mailing state, bundesland, estado, provincia",
    ),
    Field(
        "country",
        _("Country"),
        "country, country region, billing country, work country, business country, "
        "home country, home address country, mailing country, office location, pays, "
        "land, pais",
    ),
    Field("latitude", _("Latitude"), "latitude, lat, geolocation lat"),
    Field("longitude", _("Longitude"), "longitude, lng, lon, long, geolocation lng"),
)
MEDIUM = Field(
    "medium",
    _("Medium of contact"),
    "medium, source, lead source, origin, original source, channel, platform, "
    "how did you hear, contact source, quelle, origine, origen, origem",
)
OWNER = Field(
    "owner",
    _("Owner"),
    "owner, sales agent, deal owner, contact owner, company owner, lead owner, "
    "account owner, assigned to, account manager, sales rep, salesperson, sales, "
    "responsable, zustandig",
)
NOTES = Field(
    "notes",
    _("Notes"),
    "notes, note, comment, comments, description, background, remarks",
)
CURRENCY = Field(
    "currency", _("Currency"), "currency, currency code, customer currency, devise"
)
BIRTH = (
    Field(
        "birth_year",
        _("Year of birth"),
        "birth year, year birth, year of birth, birth date, birthday, date of birth",
    ),
    Field("age", _("Age"), "age, q demos age"),
)
